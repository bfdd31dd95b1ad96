package import Instruments

/// Snapshots of every shape that the model has, with the numbers and strings that break encoders.
package struct RandomSnapshot {
    private var random: SeededRandom

    package static func make(seed: UInt64) -> MetricsSnapshot {
        var maker = RandomSnapshot(random: SeededRandom(seed: seed))
        return maker.snapshot()
    }

    private mutating func snapshot() -> MetricsSnapshot {
        let resource = Resource(attributes(0...4), schemaURL: optionalText())
        let time = max(unsigned(), 1)
        return MetricsSnapshot(
            resource: resource, time: time, scopes: list(0...3) { $0.scopeMetrics() })
    }

    private mutating func scopeMetrics() -> ScopeMetrics {
        let scope = InstrumentationScope(
            name: text(), version: optionalText(), schemaURL: optionalText(),
            attributes: random.oneIn(2) ? .empty : attributes(0...3))
        return ScopeMetrics(scope: scope, metrics: list(0...4) { $0.metric() })
    }

    private mutating func metric() -> Metric {
        let descriptor = MetricDescriptor(
            name: text(), unit: optionalText(), description: optionalText(),
            metadata: random.oneIn(3) ? attributes(0...3) : .empty)
        let temporality = random.pick([Temporality.cumulative, .delta])
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let points = list(0...5) { $0.numberPoint(isInteger: true) }
            let isMonotonic = random.oneIn(2)
            return Metric(
                descriptor: descriptor,
                data: .sum(points, isMonotonic: isMonotonic, temporality: temporality))
        case 1:
            let points = list(0...5) { $0.numberPoint(isInteger: false) }
            let isMonotonic = random.oneIn(2)
            return Metric(
                descriptor: descriptor,
                data: .sum(points, isMonotonic: isMonotonic, temporality: temporality))
        case 2:
            let points = list(0...5) { $0.numberPoint(isInteger: $0.random.oneIn(2)) }
            return Metric(descriptor: descriptor, data: .gauge(points))
        case 3:
            let points = list(0...4) { $0.exponentialHistogramPoint() }
            return Metric(
                descriptor: descriptor,
                data: .exponentialHistogram(points, temporality: temporality))
        default:
            let bounds = self.bounds()
            let points = list(0...4) { $0.histogramPoint(buckets: bounds.count + 1) }
            return Metric(
                descriptor: descriptor,
                data: .histogram(points, bounds: bounds, temporality: temporality))
        }
    }

    private mutating func numberPoint(isInteger: Bool) -> NumberPoint {
        NumberPoint(
            attributes: attributes(0...4), start: unsigned(),
            value: number(isInteger: isInteger), exemplars: exemplars())
    }

    private mutating func number(isInteger: Bool) -> Number {
        isInteger ? .int(integer()) : .double(double())
    }

    private mutating func histogramPoint(buckets: Int) -> HistogramPoint {
        let isEmpty = random.oneIn(5)
        let counts = (0..<buckets).map { _ in isEmpty ? 0 : random.next() >> 20 }
        let count = counts.reduce(0, +)
        let hasExtremes = count > 0 && !random.oneIn(4)
        return HistogramPoint(
            attributes: attributes(0...3), start: unsigned(), count: count,
            sum: sum(count), minimum: hasExtremes ? double() : nil,
            maximum: hasExtremes ? double() : nil, bucketCounts: counts, exemplars: exemplars())
    }

    private mutating func exponentialHistogramPoint() -> ExponentialHistogramPoint {
        let zeroCount = random.oneIn(2) ? 0 : random.next() >> 20
        let (positive, negative) = (buckets(), buckets())
        let count = zeroCount + positive.count + negative.count
        let hasExtremes = count > 0 && !random.oneIn(4)
        return ExponentialHistogramPoint(
            attributes: attributes(0...3), start: unsigned(), count: count, sum: sum(count),
            minimum: hasExtremes ? double() : nil, maximum: hasExtremes ? double() : nil,
            scale: random.pick(Self.nastyScales), zeroCount: zeroCount, positive: positive,
            negative: negative, zeroThreshold: random.oneIn(2) ? 0 : double(),
            exemplars: exemplars())
    }

    /// None, one, some or as many as the default allows; buckets in between may be empty.
    private mutating func buckets() -> ExponentialBuckets {
        let length = random.pick([0, 0, 1, 2, 7, 160])
        var counts = (0..<length).map { _ in random.oneIn(3) ? 0 : random.next() >> 20 }
        if length > 0 { counts[0] += 1 }
        return ExponentialBuckets(offset: random.pick(Self.nastyOffsets), counts: counts)
    }

    private mutating func sum(_ count: UInt64) -> Double? {
        if random.oneIn(4) { return nil }
        return count == 0 ? 0 : double()
    }

    private mutating func exemplars() -> [Exemplar] {
        guard random.oneIn(4) else { return [] }
        return list(1...3) { maker in
            Exemplar(
                value: maker.number(isInteger: maker.random.oneIn(2)), time: maker.unsigned(),
                filteredAttributes: maker.attributes(0...2),
                context: maker.random.oneIn(2) ? nil : maker.traceContext())
        }
    }

    /// Identifiers that begin with zeros, too.
    private mutating func traceContext() -> TraceContext {
        TraceContext(
            traceID: (high: unsigned(), low: max(unsigned(), 1)), spanID: max(unsigned(), 1),
            isSampled: random.oneIn(2))
    }

    private mutating func bounds() -> [Double] {
        let length = random.pick([0, 1, 2, 15, 70])
        let candidates = (0..<length).map { _ in double() }.filter(\.isFinite)
        // Zero once: bounds increase strictly.
        var bounds: [Double] = []
        for bound in candidates.sorted() where bound > bounds.last ?? -.infinity {
            bounds.append(bound)
        }
        return bounds
    }

    private mutating func attributes(_ length: ClosedRange<Int>) -> AttributeSet {
        AttributeSet(list(length) { Attribute($0.text(), $0.value(depth: 0)) })
    }

    private mutating func value(depth: Int) -> AttributeValue {
        switch Int.random(in: 0..<(depth < 3 ? 10 : 6), using: &random) {
        case 0: .empty
        case 1: .bool(random.oneIn(2))
        case 2: .int(integer())
        case 3: .double(double())
        case 4: .bytes(list(0...7) { UInt8(truncatingIfNeeded: $0.random.next()) })
        case 6: .array(list(0...3) { $0.value(depth: depth + 1) })
        case 7: .map(list(0...3) { Attribute($0.text(), $0.value(depth: depth + 1)) })
        default: .string(text())
        }
    }

    private mutating func unsigned() -> UInt64 {
        let anyValue = random.next()
        return random.oneIn(3) ? anyValue : random.pick(Self.nastyUnsigned)
    }

    private mutating func integer() -> Int64 {
        let anyValue = Int64(truncatingIfNeeded: random.next())
        let shift = Int64.random(in: 0..<64, using: &random)
        return random.oneIn(3) ? anyValue >> shift : random.pick(Self.nastyIntegers)
    }

    private static let nastyScales: [Int32] = [-11, -10, -1, 0, 1, 7, 20, .min, .max]

    private static let nastyOffsets: [Int32] = [
        0, 1, -1, 9, -10, 160, -1_126_170_624, 1_073_741_823, .min, .max,
    ]

    private static let nastyUnsigned: [UInt64] = [
        0, 1, 1_700_000_000_000_000_000, 9_007_199_254_740_993, .max,
    ]

    private static let nastyIntegers: [Int64] = [
        0, 1, -1, 9, 10, -10, 9_007_199_254_740_993, -9_007_199_254_740_993, .max, .min, .max - 1,
        .min + 1,
    ]

    private mutating func double() -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: random.pick(Self.nastyDoubles)
        case 1: Double(bitPattern: random.next())
        case 2: Double(integer())
        default: Double.random(in: -1000...1000, using: &random)
        }
    }

    private static let nastyDoubles: [Double] = [
        0, -0.0, 1, -1, 0.1, -0.1, 0.3, 1 / 3, 1e-5, 1e-7, 1e15, 1e16, 1e21, 1e22,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
        .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude,
        -.greatestFiniteMagnitude, 9_007_199_254_740_991, 9_007_199_254_740_992,
        9_007_199_254_740_994, -9_007_199_254_740_992, 9_223_372_036_854_775_808,
        1.8446744073709552e19, 123_456.789, .ulpOfOne, .pi, .nan, .infinity, -.infinity,
    ]

    private mutating func optionalText() -> String { random.oneIn(2) ? "" : text() }

    private mutating func text() -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: random.pick(Self.nastyTexts)
        case 1: String(String.UnicodeScalarView(list(0...12) { $0.scalar() }))
        default: String(random.next(), radix: 36)
        }
    }

    private mutating func scalar() -> Unicode.Scalar {
        let highest = random.pick([0x20, 0x7F, 0x800, 0xFFFF, 0x10FFFF] as [UInt32])
        return Unicode.Scalar(UInt32.random(in: 0...highest, using: &random)) ?? "\u{FFFD}"
    }

    private static let nastyTexts: [String] = [
        "", " ", "\"", "\\", "\\\"", "\\u0000", "a\"b\\c/d", "\u{0}", "\u{1}\u{1F}\u{7F}\u{80}",
        "\n\r\t\u{8}\u{C}", "\u{2028}\u{2029}", "\u{FEFF}x", "e\u{301}", "\u{E9}", "😀",
        "👩‍👩‍👧‍👦", "\u{FFFE}\u{FFFF}\u{10FFFF}", "</script>", "null", "NaN", "%s%n", "ключ", "鍵",
        String(repeating: "x", count: 3000), String(repeating: "\u{1}", count: 200),
    ]

    private mutating func list<Element>(
        _ length: ClosedRange<Int>, _ make: (inout RandomSnapshot) -> Element
    ) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<Int.random(in: length, using: &random) {
            elements.append(make(&self))
        }
        return elements
    }
}
