import Instruments

/// Every way to record into a histogram.
enum HistogramPaths {
    static func all(_ meter: Meter, _ kind: String) -> [RecordingPath] {
        integers(meter, kind) + doubles(meter, kind)
    }

    private static func integers(_ meter: Meter, _ kind: String) -> [RecordingPath] {
        let integers = meter.histogram("integers", of: Int.self)
        let (bound, closed) = (
            integers.bind(RecordingPath.attributes),
            meter.histogram("integers.closed", of: Int.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("\(kind) histogram of integers, no attributes") {
                for index in 0..<$0 { integers.record(index & 1023) }
            },
            RecordingPath("\(kind) histogram of integers, bound") {
                for index in 0..<$0 { bound.record(index & 1023) }
            },
            RecordingPath("\(kind) histogram of integers, closed") {
                for index in 0..<$0 { closed.record(index & 1023, index & 1 == 0 ? .left : .right) }
            },
            RecordingPath("\(kind) histogram of integers, prepared set") {
                for index in 0..<$0 { integers.record(index & 1023, set) }
            },
            RecordingPath("\(kind) histogram of integers, string pairs") {
                for index in 0..<$0 {
                    integers.record(index & 1023, "side", "left", "reason", text)
                }
            },
            RecordingPath("\(kind) histogram of integers, writer") {
                for index in 0..<$0 {
                    integers.record(index & 1023) {
                        $0.set("reason", text)
                        $0.set("index", index & 7)
                        $0.set("share", 0.5)
                        $0.set("isLast", false)
                    }
                }
            },
        ]
    }

    private static func doubles(_ meter: Meter, _ kind: String) -> [RecordingPath] {
        let doubles = meter.histogram("doubles", of: Double.self)
        let (bound, closed) = (
            doubles.bind(RecordingPath.attributes),
            meter.histogram("doubles.closed", of: Double.self, over: Side.self)
        )
        let (set, text) = (RecordingPath.attributes, RecordingPath.text)
        return [
            RecordingPath("\(kind) histogram of doubles, no attributes") {
                for index in 0..<$0 { doubles.record(Double(index & 1023)) }
            },
            RecordingPath("\(kind) histogram of doubles, bound") {
                for index in 0..<$0 { bound.record(Double(index & 1023)) }
            },
            RecordingPath("\(kind) histogram of doubles, closed") {
                for index in 0..<$0 {
                    closed.record(Double(index & 1023), index & 1 == 0 ? .left : .right)
                }
            },
            RecordingPath("\(kind) histogram of doubles, prepared set") {
                for index in 0..<$0 { doubles.record(Double(index & 1023), set) }
            },
            RecordingPath("\(kind) histogram of doubles, string pairs") {
                for index in 0..<$0 {
                    doubles.record(Double(index & 1023), "side", "left", "reason", text)
                }
            },
            RecordingPath("\(kind) histogram of doubles, writer") {
                for index in 0..<$0 {
                    doubles.record(Double(index & 1023)) {
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
