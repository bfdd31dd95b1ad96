import Instruments

/// Every way to add to a sum.
enum SumPaths {
    static func all(_ meter: Meter) -> [RecordingPath] {
        integerCounter(meter) + doubleCounter(meter) + integerUpDown(meter) + doubleUpDown(meter)
    }

    private static func integerCounter(_ meter: Meter) -> [RecordingPath] {
        let integerCounter = meter.counter("integerCounter", of: Int.self)
        let (bound, closed) = (
            integerCounter.bind(RecordingPath.attributes),
            meter.counter("integerCounter.closed", of: Int.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("counter of integers, no attributes") {
                for index in 0..<$0 { integerCounter.add(index & 1023) }
            },
            RecordingPath("counter of integers, bound") {
                for index in 0..<$0 { bound.add(index & 1023) }
            },
            RecordingPath("counter of integers, closed") {
                for index in 0..<$0 { closed.add(index & 1023, index & 1 == 0 ? .left : .right) }
            },
            RecordingPath("counter of integers, prepared set") {
                for index in 0..<$0 { integerCounter.add(index & 1023, set) }
            },
            RecordingPath("counter of integers, string pairs") {
                for index in 0..<$0 {
                    integerCounter.add(index & 1023, "side", "left", "reason", text)
                }
            },
            RecordingPath("counter of integers, writer") {
                for index in 0..<$0 {
                    integerCounter.add(index & 1023) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }

    private static func doubleCounter(_ meter: Meter) -> [RecordingPath] {
        let doubleCounter = meter.counter("doubleCounter", of: Double.self)
        let (bound, closed) = (
            doubleCounter.bind(RecordingPath.attributes),
            meter.counter("doubleCounter.closed", of: Double.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("counter of doubles, no attributes") {
                for index in 0..<$0 { doubleCounter.add(Double(index & 1023)) }
            },
            RecordingPath("counter of doubles, bound") {
                for index in 0..<$0 { bound.add(Double(index & 1023)) }
            },
            RecordingPath("counter of doubles, closed") {
                for index in 0..<$0 {
                    closed.add(Double(index & 1023), index & 1 == 0 ? .left : .right)
                }
            },
            RecordingPath("counter of doubles, prepared set") {
                for index in 0..<$0 { doubleCounter.add(Double(index & 1023), set) }
            },
            RecordingPath("counter of doubles, string pairs") {
                for index in 0..<$0 {
                    doubleCounter.add(Double(index & 1023), "side", "left", "reason", text)
                }
            },
            RecordingPath("counter of doubles, writer") {
                for index in 0..<$0 {
                    doubleCounter.add(Double(index & 1023)) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }

    private static func integerUpDown(_ meter: Meter) -> [RecordingPath] {
        let integerUpDown = meter.upDownCounter("integerUpDown", of: Int.self)
        let (bound, closed) = (
            integerUpDown.bind(RecordingPath.attributes),
            meter.upDownCounter("integerUpDown.closed", of: Int.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("up-down counter of integers, no attributes") {
                for index in 0..<$0 { integerUpDown.add(index & 1023) }
            },
            RecordingPath("up-down counter of integers, bound") {
                for index in 0..<$0 { bound.add(index & 1023) }
            },
            RecordingPath("up-down counter of integers, closed") {
                for index in 0..<$0 { closed.add(index & 1023, index & 1 == 0 ? .left : .right) }
            },
            RecordingPath("up-down counter of integers, prepared set") {
                for index in 0..<$0 { integerUpDown.add(index & 1023, set) }
            },
            RecordingPath("up-down counter of integers, string pairs") {
                for index in 0..<$0 {
                    integerUpDown.add(index & 1023, "side", "left", "reason", text)
                }
            },
            RecordingPath("up-down counter of integers, writer") {
                for index in 0..<$0 {
                    integerUpDown.add(index & 1023) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }

    private static func doubleUpDown(_ meter: Meter) -> [RecordingPath] {
        let doubleUpDown = meter.upDownCounter("doubleUpDown", of: Double.self)
        let (bound, closed) = (
            doubleUpDown.bind(RecordingPath.attributes),
            meter.upDownCounter("doubleUpDown.closed", of: Double.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("up-down counter of doubles, no attributes") {
                for index in 0..<$0 { doubleUpDown.add(Double(index & 1023)) }
            },
            RecordingPath("up-down counter of doubles, bound") {
                for index in 0..<$0 { bound.add(Double(index & 1023)) }
            },
            RecordingPath("up-down counter of doubles, closed") {
                for index in 0..<$0 {
                    closed.add(Double(index & 1023), index & 1 == 0 ? .left : .right)
                }
            },
            RecordingPath("up-down counter of doubles, prepared set") {
                for index in 0..<$0 { doubleUpDown.add(Double(index & 1023), set) }
            },
            RecordingPath("up-down counter of doubles, string pairs") {
                for index in 0..<$0 {
                    doubleUpDown.add(Double(index & 1023), "side", "left", "reason", text)
                }
            },
            RecordingPath("up-down counter of doubles, writer") {
                for index in 0..<$0 {
                    doubleUpDown.add(Double(index & 1023)) {
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
