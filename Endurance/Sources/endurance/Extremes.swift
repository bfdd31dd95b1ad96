import Instruments

/// Values that break programs which did not expect them.
struct Extremes {
    private(set) var random: SeededRandom
    /// Large texts are rare: each series that is named by one holds it.
    private static let large = String(repeating: "0123456789abcdef", count: 65_536)

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func oneIn(_ count: Int) -> Bool { random.oneIn(count) }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { random.pick(choices) }

    mutating func optional<Value>(_ make: (inout Extremes) -> Value) -> Value? {
        oneIn(2) ? nil : make(&self)
    }

    mutating func list<Element>(
        upTo count: Int, _ make: (inout Extremes) -> Element
    ) -> [Element] {
        (0..<random.below(count + 1)).map { _ in make(&self) }
    }

    mutating func int() -> Int {
        let any = Int(truncatingIfNeeded: random.next())
        return pick([
            0, 1, -1, .min, .min + 1, .max, .max - 1, Int(Int32.min), Int(Int32.max), 1 << 53,
            (1 << 53) + 1, -1 << 53, 1 << 62, any, any >> 32, any >> 56,
        ])
    }

    mutating func int32() -> Int32 {
        pick([.min, .max, 0, 1, -1, 20, 21, -10, -11, Int32(truncatingIfNeeded: random.next())])
    }

    mutating func unsigned() -> UInt64 {
        pick([
            0, 1, .max, .max - 1, UInt64(Int64.max), UInt64(Int64.max) + 1,
            1_700_000_000_000_000_000, random.next(),
        ])
    }

    mutating func double() -> Double {
        let any = Double(bitPattern: random.next())
        return pick([
            0, -0.0, 1, -1, 0.1, .nan, -.nan, .signalingNaN, .infinity, -.infinity,
            .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e308, -1e308, 0x1p63, -0x1p63,
            0x1p64, 1.0.nextUp, 1.0.nextDown, any, any,
            Double(nan: 0x1234, signaling: false),
        ])
    }

    mutating func duration() -> Duration {
        pick([
            .zero, .nanoseconds(1), .seconds(-1), .seconds(Int64.max), .seconds(Int64.min),
            .milliseconds(5), .seconds(3600), Duration(attoseconds: .max),
            Duration(attoseconds: .min), Duration(attoseconds: -1),
        ])
    }

    /// Short, long, broken, empty; from Swift and as it may come from C.
    mutating func text() -> String {
        switch random.below(40) {
        case 0: return oneIn(40) ? Self.large : String(Self.large.prefix(4096))
        case 1...8: return fromBytes()
        case 9...12: return fromC()
        case 13: return String(Self.large.dropFirst(3).prefix(300))
        default:
            return pick([
                "", "a", "k", "name", "c", "h", "g", "\0", "a\0b", " ", "\u{FEFF}x", "\u{2028}",
                "\"\\/\u{8}\u{C}\n\r\t", "e\u{301}", "\u{E9}", "\u{10FFFF}", "\u{FFFD}",
                "otel.metric.overflow", "fifteen bytes!!", "sixteen bytes!!!",
                "*", "?*?", "👩‍👩‍👧‍👦", "İ", "ß",
            ])
        }
    }

    /// Random bytes, which Swift repairs.
    private mutating func fromBytes() -> String {
        let bytes = (0..<random.below(40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same behind a C pointer: surrogates, overlong forms and cut sequences among them.
    private mutating func fromC() -> String {
        let bytes: [UInt8] = pick([
            [0xED, 0xA0, 0x80, 0], [0xC0, 0xAF, 0], [0xF4, 0x90, 0x80, 0x80, 0], [0x80, 0],
            [0xE2, 0x82, 0], [0xFF, 0xFE, 0], [0x61, 0xF0, 0x9F, 0], [0],
        ])
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    mutating func value(depth: Int = 0) -> AttributeValue {
        switch random.below(depth < 4 ? 40 : 36) {
        case 0: .empty
        case 1: .bool(oneIn(2))
        case 2...10: .int(Int64(int()))
        case 11...16: .double(double())
        case 17: .bytes((0..<random.below(300)).map { UInt8(truncatingIfNeeded: $0) })
        case 36: .array(list(upTo: 4) { $0.value(depth: depth + 1) })
        case 37: .map(list(upTo: 4) { $0.attribute(depth: depth + 1) })
        case 38: depth == 0 && oneIn(20) ? deep() : .empty
        default: .string(text())
        }
    }

    /// Ten thousand levels of arrays and maps.
    private mutating func deep() -> AttributeValue {
        var value = AttributeValue.int(1)
        let isMixed = oneIn(2)
        for level in 0..<10_000 {
            value =
                isMixed && level % 2 == 0 ? .map([Attribute("level", value)]) : .array([value])
        }
        return value
    }

    mutating func attribute(depth: Int = 0) -> Attribute {
        Attribute(text(), value(depth: depth))
    }

    mutating func attributes() -> [Attribute] {
        guard oneIn(300) else { return list(upTo: 5) { $0.attribute() } }
        let isFalling = oneIn(2)
        return (0..<10_000).map { index in
            Attribute("key\(isFalling ? 20_000 - index : index)", .int(Int64(index)))
        }
    }

    mutating func set() -> AttributeSet { AttributeSet(attributes()) }

    mutating func keys() -> Set<String> { Set(list(upTo: 4) { $0.text() }) }

    mutating func context() -> TraceContext {
        TraceContext(
            traceID: (high: unsigned(), low: unsigned()), spanID: unsigned(), isSampled: oneIn(2))
    }
}
