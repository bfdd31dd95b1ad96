import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// A snapshot is its value: copies of it, made by the public initialisers, give the same results.
@Suite struct SnapshotCopyTests {
    private static let programs: UInt64 = 1000

    @Test func copiesGiveTheSameDifferencesPagesAndRequests() {
        let base = UInt64.random(in: 0...UInt64(UInt32.max))
        for seed in base..<base + Self.programs {
            var program = Program(SeededRandom(seed: seed))
            let snapshots = (0..<3).map { _ in program.round() }
            let copies = snapshots.map(\.copy)
            #expect(copies == snapshots, "seed \(seed)")
            var results = zip(snapshots, copies).map { ($0, $1) }
            for preference in TemporalityPreference.allCases {
                results.append(
                    (
                        snapshots[1].delta(since: snapshots[0], preference: preference),
                        copies[1].delta(since: copies[0], preference: preference)
                    ))
                results.append(
                    (
                        snapshots[2].delta(since: snapshots[0], preference: preference),
                        copies[2].delta(since: copies[0], preference: preference)
                    ))
            }
            for (one, other) in results {
                #expect(one == other, "seed \(seed)")
                #expect(Encoded.requests(of: one) == Encoded.requests(of: other), "seed \(seed)")
                for accept in ["text/plain", "application/openmetrics-text"] {
                    let pages = [one, other].map {
                        PrometheusText().page(of: $0, accept: accept).body
                    }
                    #expect(pages[0] == pages[1], "seed \(seed)")
                }
            }
        }
    }

    /// What a host may do with its instruments between collections.
    private struct Program {
        private var random: SeededRandom
        private let provider: MeterProvider
        private let counter: Counter<Int>
        private let doubles: UpDownCounter<Double>
        private let explicit: Histogram<Double>
        private let exponential: Histogram<Double>
        private let gauge: Gauge<Int>

        init(_ random: SeededRandom) {
            self.random = random
            provider = MeterProvider(
                views: [
                    View(.init(name: "e"), aggregation: .exponentialBuckets(maximumSize: 20)),
                    // Two streams of one name are merged.
                    View(.init(name: "c")),
                    View(.init(name: "c"), attributes: .only(["k"])),
                ], cardinalityLimit: 4, exemplarFilter: .alwaysOn)
            let meter = provider.meter("m")
            counter = meter.counter("c")
            doubles = meter.upDownCounter("u", of: Double.self)
            explicit = meter.histogram("h", boundaries: [1, 10, 100])
            exponential = meter.histogram("e")
            gauge = meter.gauge("g", of: Int.self)
            _ = meter.observableCounter("o", of: Int.self) { $0.observe(3, ["k": 1]) }
        }

        mutating func round() -> MetricsSnapshot {
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                let set: AttributeSet = [
                    "k": .int(Int64.random(in: 0..<6, using: &random)), "l": .bool(random.oneIn(2)),
                ]
                let value = Double.random(in: 0..<200, using: &random)
                switch Int.random(in: 0..<7, using: &random) {
                case 0: counter.add(Int(value), set)
                case 1: counter.add(0, set)
                case 2: doubles.add(value - 100, set)
                case 3: explicit.record(value, set)
                case 4: exponential.record(value, set)
                case 5: gauge.record(5, set)
                default: counter.remove(set)
                }
            }
            return provider.collect()
        }
    }
}

extension MetricsSnapshot {
    /// The same snapshot, every part of it made by a public initialiser.
    fileprivate var copy: MetricsSnapshot {
        MetricsSnapshot(
            resource: Resource(resource.attributes, schemaURL: resource.schemaURL), time: time,
            scopes: scopes.map { scope in
                ScopeMetrics(
                    scope: InstrumentationScope(
                        name: scope.scope.name, version: scope.scope.version,
                        schemaURL: scope.scope.schemaURL, attributes: scope.scope.attributes),
                    metrics: scope.metrics.map { metric in
                        Metric(
                            descriptor: MetricDescriptor(
                                name: metric.descriptor.name, unit: metric.descriptor.unit,
                                description: metric.descriptor.description,
                                metadata: metric.descriptor.metadata),
                            data: metric.data.copy)
                    })
            }, states: states)
    }
}

extension MetricData {
    fileprivate var copy: MetricData {
        switch self {
        case .sum(let points, let isMonotonic, let temporality):
            .sum(points.map(\.copy), isMonotonic: isMonotonic, temporality: temporality)
        case .gauge(let points): .gauge(points.map(\.copy))
        case .histogram(let points, let bounds, let temporality):
            .histogram(
                points.map { point in
                    HistogramPoint(
                        attributes: AttributeSet(point.attributes.attributes), start: point.start,
                        count: point.count, sum: point.sum, minimum: point.minimum,
                        maximum: point.maximum, bucketCounts: point.bucketCounts,
                        exemplars: point.exemplars)
                }, bounds: bounds, temporality: temporality)
        case .exponentialHistogram(let points, let temporality):
            .exponentialHistogram(
                points.map { point in
                    ExponentialHistogramPoint(
                        attributes: AttributeSet(point.attributes.attributes), start: point.start,
                        count: point.count, sum: point.sum, minimum: point.minimum,
                        maximum: point.maximum, scale: point.scale, zeroCount: point.zeroCount,
                        positive: point.positive, negative: point.negative,
                        zeroThreshold: point.zeroThreshold, exemplars: point.exemplars)
                }, temporality: temporality)
        }
    }
}

extension NumberPoint {
    fileprivate var copy: NumberPoint {
        NumberPoint(
            attributes: AttributeSet(attributes.attributes), start: start, value: value,
            exemplars: exemplars)
    }
}
