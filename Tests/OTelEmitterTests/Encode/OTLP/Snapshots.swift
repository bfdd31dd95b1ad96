import Instruments

/// Fixed snapshots of every shape that the model has: the golden files hold their bytes.
enum Snapshots {
    static let start: UInt64 = 1_700_000_000_000_000_000
    static let time: UInt64 = 1_700_000_060_000_000_000

    static func make(
        resource: Resource = Resource(["service.name": "svc"]), scopes: [ScopeMetrics]
    ) -> MetricsSnapshot {
        MetricsSnapshot(resource: resource, time: time, scopes: scopes)
    }

    static func make(_ metrics: [Metric]) -> MetricsSnapshot {
        make(scopes: [ScopeMetrics(scope: InstrumentationScope(name: "lib"), metrics: metrics)])
    }

    static func point(_ value: Number, _ attributes: AttributeSet = .empty) -> NumberPoint {
        NumberPoint(attributes: attributes, start: start, value: value)
    }

    static func sum(
        _ name: String, _ points: [NumberPoint], isMonotonic: Bool = true,
        temporality: Temporality = .cumulative
    ) -> Metric {
        Metric(
            descriptor: MetricDescriptor(name: name, unit: "By", description: "d"),
            data: .sum(points, isMonotonic: isMonotonic, temporality: temporality))
    }

    static func gauge(_ name: String, _ points: [NumberPoint]) -> Metric {
        Metric(descriptor: MetricDescriptor(name: name), data: .gauge(points))
    }

    static func histogram(
        _ name: String, counts: [[UInt64]], bounds: [Double],
        temporality: Temporality = .cumulative
    ) -> Metric {
        let points = counts.enumerated().map { index, counts in
            let count = counts.reduce(0, +)
            return HistogramPoint(
                attributes: ["i": .int(Int64(index))], start: start, count: count,
                sum: count == 0 ? 0 : 2.5, minimum: count == 0 ? nil : 0,
                maximum: count == 0 ? nil : 1e300, bucketCounts: counts)
        }
        return Metric(
            descriptor: MetricDescriptor(name: name, unit: "ms"),
            data: .histogram(points, bounds: bounds, temporality: temporality))
    }

    /// By the name of the golden file.
    static var all: [(name: String, snapshot: MetricsSnapshot)] {
        [
            ("sums", sums), ("gauges", gauges), ("histograms", histograms), ("values", values),
            ("strings", strings), ("scopes", scopes), ("exponential-histograms", exponentials),
            ("exemplars", exemplars), ("metadata", metadata),
        ]
    }

    static let sums = make([
        sum("m.int", [point(.int(0)), point(.int(.max), ["k": "v"])]),
        sum("m.int.min", [point(.int(.min)), point(.int(-9_007_199_254_740_993))]),
        sum("m.double", [point(.double(0)), point(.double(0.1)), point(.double(1e300))]),
        sum("m.updown", [point(.int(-1))], isMonotonic: false),
        sum("m.delta", [point(.double(-0.5))], isMonotonic: false, temporality: .delta),
    ])

    static let gauges = make([
        gauge(
            "m.double",
            [
                Double.nan, .infinity, -.infinity, -0.0, 0, 1, -1.5, 1e-5, 1e16,
                9_007_199_254_740_991, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
            ].map { point(.double($0)) }),
        gauge("m.int", [point(.int(-3)), point(.int(4), ["k": true])]),
    ])

    static let histograms = make([
        histogram("m.histogram", counts: [[1, 0, 1], [0, 0, 0], [.max, 0, 0]], bounds: [0, 5]),
        histogram("m.none", counts: [[3]], bounds: []),
        histogram(
            "m.fractions", counts: [[0, 1, 2, 3]], bounds: [-1.5, 0.25, 1e300], temporality: .delta),
    ])

    static let trace = TraceContext(
        traceID: (high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10),
        spanID: 0x0102_0304_0506_0708, isSampled: true)

    static let exemplars = make([
        Metric(
            descriptor: MetricDescriptor(name: "m.sum"),
            data: .sum(
                [
                    NumberPoint(
                        attributes: ["k": "v"], start: start, value: .int(0),
                        exemplars: [
                            Exemplar(
                                value: .int(.min), time: time - 1,
                                filteredAttributes: ["f": 7, "g": "\"x\""], context: trace)
                        ])
                ], isMonotonic: true, temporality: .cumulative)),
        Metric(
            descriptor: MetricDescriptor(name: "m.gauge"),
            data: .gauge([
                NumberPoint(
                    attributes: .empty, start: start, value: .double(.nan),
                    exemplars: [
                        Exemplar(value: .double(.nan), time: 0),
                        Exemplar(
                            value: .double(-0.0), time: .max,
                            context: TraceContext(
                                traceID: (high: 0, low: 1), spanID: .max, isSampled: false)),
                    ])
            ])),
        Metric(
            descriptor: MetricDescriptor(name: "m.histogram"),
            data: .histogram(
                [
                    HistogramPoint(
                        attributes: .empty, start: start, count: 2, sum: nil, minimum: -1,
                        maximum: 1, bucketCounts: [1, 1],
                        exemplars: [
                            Exemplar(value: .double(-1), time: time),
                            Exemplar(value: .int(1), time: time),
                        ])
                ], bounds: [0], temporality: .delta)),
        exponentials(
            "m.exponential",
            [
                exponential(
                    ExponentialBuckets(counts: [1]),
                    exemplars: [Exemplar(value: .double(1.5), time: time, context: trace)])
            ]),
    ])

    static let values = make(
        resource: Resource(
            [
                "bool": false, "bool.true": true, "bytes": .bytes([0, 1, 255]),
                "bytes.empty": .bytes([]), "double": 0.1, "double.nan": .double(.nan),
                "double.zero": 0.0, "empty": .empty, "int": -9_007_199_254_740_993, "int.zero": 0,
                "list": .array(["x", 1, .array([]), .empty, .map([])]), "list.empty": .array([]),
                "map": .map([
                    Attribute("z", true), Attribute("a", .array([.map([Attribute("k", "v")])])),
                ]),
                "map.empty": .map([]), "string": "s", "string.empty": "",
            ], schemaURL: "https://opentelemetry.io/schemas/1.44.0"),
        scopes: [
            ScopeMetrics(
                scope: InstrumentationScope(name: "lib"), metrics: [sum("m.sum", [point(.int(1))])])
        ])

    static let strings = make([
        sum(
            "quote\" backslash\\ slash/",
            [
                point(
                    .int(1),
                    [
                        "control": "\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}\u{80}",
                        "separators": "\u{2028}\u{2029}\u{85}\u{FEFF}", "emoji": "😀👩‍👩‍👧‍👦",
                        "forms": "e\u{301} \u{E9}", "ends": "\u{FFFF}\u{10000}\u{10FFFF}",
                        "quote\"": "\"\\\"", "": "an empty key is left out",
                    ])
            ])
    ])

    static let scopes = make(
        resource: Resource(.empty, schemaURL: "https://r"),
        scopes: [
            ScopeMetrics(
                scope: InstrumentationScope(
                    name: "lib", version: "1.0", schemaURL: "https://s", attributes: ["s": "v"]),
                metrics: [
                    sum("m.a", [point(.int(1)), point(.int(2), ["k": 1])]),
                    gauge("m.none", []), gauge("m.b", [point(.double(3))]),
                ]),
            ScopeMetrics(scope: InstrumentationScope(name: "empty"), metrics: []),
            ScopeMetrics(
                scope: InstrumentationScope(name: "pointless"), metrics: [gauge("m.none", [])]),
            ScopeMetrics(
                scope: InstrumentationScope(name: ""),
                metrics: [histogram("m.c", counts: [[1, 2]], bounds: [1])]),
            ScopeMetrics(
                scope: InstrumentationScope(name: "lib", version: "2.0"),
                metrics: [sum("m.a", [point(.int(7))])]),
        ])
}
