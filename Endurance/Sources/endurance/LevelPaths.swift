import Instruments

/// Every way to record a level.
enum LevelPaths {
    static func all(_ meter: Meter) -> [RecordingPath] {
        integerGauge(meter) + doubleGauge(meter)
    }

    private static func integerGauge(_ meter: Meter) -> [RecordingPath] {
        let integerGauge = meter.gauge("integerGauge", of: Int.self)
        let (bound, closed) = (
            integerGauge.bind(RecordingPath.attributes),
            meter.gauge("integerGauge.closed", of: Int.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("gauge of integers, no attributes") {
                for index in 0..<$0 { integerGauge.record(index & 1023) }
            },
            RecordingPath("gauge of integers, bound") {
                for index in 0..<$0 { bound.record(index & 1023) }
            },
            RecordingPath("gauge of integers, closed") {
                for index in 0..<$0 { closed.record(index & 1023, index & 1 == 0 ? .left : .right) }
            },
            RecordingPath("gauge of integers, prepared set") {
                for index in 0..<$0 { integerGauge.record(index & 1023, set) }
            },
            RecordingPath("gauge of integers, string pairs") {
                for index in 0..<$0 {
                    integerGauge.record(index & 1023, "side", "left", "reason", text)
                }
            },
            RecordingPath("gauge of integers, writer") {
                for index in 0..<$0 {
                    integerGauge.record(index & 1023) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }

    private static func doubleGauge(_ meter: Meter) -> [RecordingPath] {
        let doubleGauge = meter.gauge("doubleGauge", of: Double.self)
        let (bound, closed) = (
            doubleGauge.bind(RecordingPath.attributes),
            meter.gauge("doubleGauge.closed", of: Double.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("gauge of doubles, no attributes") {
                for index in 0..<$0 { doubleGauge.record(Double(index & 1023)) }
            },
            RecordingPath("gauge of doubles, bound") {
                for index in 0..<$0 { bound.record(Double(index & 1023)) }
            },
            RecordingPath("gauge of doubles, closed") {
                for index in 0..<$0 {
                    closed.record(Double(index & 1023), index & 1 == 0 ? .left : .right)
                }
            },
            RecordingPath("gauge of doubles, prepared set") {
                for index in 0..<$0 { doubleGauge.record(Double(index & 1023), set) }
            },
            RecordingPath("gauge of doubles, string pairs") {
                for index in 0..<$0 {
                    doubleGauge.record(Double(index & 1023), "side", "left", "reason", text)
                }
            },
            RecordingPath("gauge of doubles, writer") {
                for index in 0..<$0 {
                    doubleGauge.record(Double(index & 1023)) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }
}
