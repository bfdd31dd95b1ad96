import InstrumentsTesting
import TestSupport
import Testing

@testable import Instruments

@Suite struct MetricDifferenceTests {
    private let clock = SteppedClock(start: 1000)

    private func make(
        views: [View] = [], histograms: Aggregation = .explicitBuckets(bounds: [1, 10])
    ) -> MeterProvider {
        .make(views: views, histogramAggregation: histograms, clock: clock)
    }

    private func collect(_ provider: MeterProvider) -> MetricsCollection {
        clock.advance(by: .nanoseconds(1000))
        return provider.collection()
    }

    /// A7.1, A7.2, A7.6
    @Test func countersGiveWhatWasAddedSince() throws {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        counter.add(5, ["k": 1])
        counter.add(1, ["k": 2])
        let first = collect(provider)
        counter.add(2, ["k": 1])
        let second = collect(provider)
        let third = collect(provider)
        let delta = try #require(second.delta(since: first).metric("c", scope: "m"))
        #expect(delta.values == [.int(2)])
        #expect(delta.point(["k": 1])?.start == first.time)
        guard case .sum(_, isMonotonic: true, temporality: .delta) = delta.data else {
            Issue.record("\(delta.data)")
            return
        }
        #expect(third.delta(since: second).scopes.isEmpty)
        #expect(third.delta(since: first).metric("c", scope: "m")?.values == [.int(2)])
        #expect(third.delta(since: second, preference: .cumulative) == third.snapshot)
    }

    @Test func anAddOfZeroIsAMeasurement() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        counter.add(3)
        let first = collect(provider)
        counter.add(0)
        let second = collect(provider)
        #expect(second.delta(since: first).metric("c", scope: "m")?.values == [.int(0)])
    }

    /// A7.4: all points of the first interval start when the instrument was made.
    @Test func theFirstIntervalStartsWithTheInstrument() throws {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        clock.set(to: 5000)
        counter.add(1, ["k": 1])
        clock.set(to: 6000)
        counter.add(1, ["k": 2])
        let first = collect(provider)
        let delta = try #require(first.delta(since: nil).metric("c", scope: "m"))
        #expect(delta.data.numbers.map(\.start) == [1000, 1000])
        clock.set(to: 9000)
        let late = provider.meter("m").counter("late")
        clock.set(to: 9500)
        late.add(1)
        counter.add(1, ["k": 3])
        let second = collect(provider).delta(since: first)
        #expect(second.metric("late", scope: "m")?.point()?.start == 9000)
        #expect(second.metric("c", scope: "m")?.point(["k": 3])?.start == first.time)
    }

    /// A7.6: the kind of instrument decides.
    @Test func whatMayFallStaysCumulative() throws {
        for view in [View(.init()), View(.init(), aggregation: .explicitBuckets(bounds: [0]))] {
            let provider = make(views: [view])
            let upDown = provider.meter("m").upDownCounter("u")
            upDown.add(5)
            let first = collect(provider)
            upDown.add(-2)
            let second = collect(provider)
            for preference in TemporalityPreference.allCases {
                let delta = second.delta(since: first, preference: preference)
                #expect(delta.scopes == second.scopes)
            }
        }
    }

    /// A7.6, A4.11
    @Test func observedTotalsAreDifferencesUnlessMemoryIsLow() throws {
        let provider = make()
        let meter = provider.meter("m")
        let total = Total()
        _ = meter.observableCounter("c", of: Int.self) { $0.observe(total.next()) }
        _ = meter.observableUpDownCounter("u", of: Int.self) { $0.observe(7) }
        _ = meter.observableGauge("g", of: Int.self) { $0.observe(7) }
        let counter = meter.counter("sync")
        counter.add(1)
        let first = collect(provider)
        counter.add(1)
        let second = collect(provider)
        let delta = second.delta(since: first)
        #expect(delta.metric("c", scope: "m")?.values == [.int(10)])
        #expect(delta.metric("u", scope: "m") == second.metric("u", scope: "m"))
        #expect(delta.metric("g", scope: "m") == second.metric("g", scope: "m"))
        let low = second.delta(since: first, preference: .lowMemory)
        #expect(low.metric("c", scope: "m") == second.metric("c", scope: "m"))
        #expect(low.metric("sync", scope: "m")?.values == [.int(1)])
    }

    private final class Total: Sendable {
        private let gate = SteppedClock(start: 0)

        func next() -> Int {
            gate.advance(by: .nanoseconds(10))
            return Int(gate.now())
        }
    }

    /// A7.2: what is observed again is reported again, even unchanged.
    @Test func anUnchangedObservedTotalIsAZero() {
        let provider = make()
        _ = provider.meter("m").observableCounter("c", of: Int.self) { $0.observe(7) }
        let first = collect(provider)
        let second = collect(provider)
        #expect(second.delta(since: first).metric("c", scope: "m")?.values == [.int(0)])
    }

    /// A7.2
    @Test func aSilentGaugeIsSilentAndTheSameLevelAgainIsNot() {
        let provider = make()
        let gauge = provider.meter("m").gauge("g")
        gauge.record(1)
        gauge.record(1, ["k": 1])
        let first = collect(provider)
        gauge.record(1)
        let second = collect(provider)
        let third = collect(provider)
        for preference in [TemporalityPreference.delta, .lowMemory] {
            let delta = second.delta(since: first, preference: preference)
            #expect(delta.metric("g", scope: "m")?.data.numbers.map(\.attributes) == [.empty])
            #expect(third.delta(since: second, preference: preference).scopes.isEmpty)
        }
    }

    /// A6.9
    @Test func histogramsGiveCountsAndSumsWithoutExtremes() throws {
        let provider = make()
        let histogram = provider.meter("m").histogram("h")
        histogram.record(5)
        let first = collect(provider)
        histogram.record(0.5)
        histogram.record(20)
        let second = collect(provider)
        let whole = try #require(second.delta(since: nil).metric("h", scope: "m")?.histogram())
        #expect(whole.minimum == 0.5 && whole.maximum == 20 && whole.count == 3)
        let point = try #require(second.delta(since: first).metric("h", scope: "m")?.histogram())
        #expect(point.bucketCounts == [1, 0, 1] && point.count == 2 && point.sum == 20.5)
        #expect(point.minimum == nil && point.maximum == nil)
        #expect(point.start == first.time)
        #expect(collect(provider).delta(since: second).scopes.isEmpty)
    }

    /// A6.25: the earlier histogram is brought to the coarser scale first.
    @Test func exponentialHistogramsSubtractAtTheCoarserScale() throws {
        let provider = make(histograms: .exponentialBuckets(maximumSize: 4))
        let histogram = provider.meter("m").histogram("h")
        for value in [0, 1.1, 1.2] { histogram.record(value) }
        let first = collect(provider)
        for value in [0, 1.1, 1000] { histogram.record(value) }
        let second = collect(provider)
        let before = try #require(first.metric("h", scope: "m")?.exponential())
        let after = try #require(second.metric("h", scope: "m")?.exponential())
        let point = try #require(second.delta(since: first).metric("h", scope: "m")?.exponential())
        #expect(before.scale > after.scale)
        #expect(point.scale == after.scale)
        #expect(point.count == 3 && point.zeroCount == 1 && point.positive.count == 2)
        #expect(point.count == point.zeroCount + point.positive.count + point.negative.count)
        #expect(abs((point.sum ?? 0) - 1001.1) < 1e-9)
        var sum = before.positive.coarser(by: before.scale - after.scale)
        sum.add(point.positive)
        #expect(sum == after.positive)
    }

    @Test func aSeriesThatBeganAnewHasNoPredecessor() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        let bound = counter.bind(["k": 1])
        bound.add(100)
        let first = collect(provider)
        counter.remove(["k": 1])
        bound.add(3)
        let second = collect(provider)
        let point = second.delta(since: first).metric("c", scope: "m")?.point(["k": 1])
        #expect(point?.value == .int(3))
        #expect(point?.start == first.time)
    }

    /// A3.35: joined or not, each stream's series find their own predecessors.
    @Test func seriesOfConflictingInstrumentsAreNotMixedUp() throws {
        let provider = make()
        let meter = provider.meter("m")
        let one = meter.counter("c", description: "one")
        let two = meter.counter("C", description: "two")
        one.add(100, ["k": 1])
        two.add(10, ["k": 2])
        // Disjoint: one metric.
        let first = collect(provider)
        #expect(first.scopes.first?.metrics.count == 1)
        one.add(1, ["k": 2])
        two.add(5, ["k": 1])
        two.add(2, ["k": 2])
        // Not any more: one metric all the same, of sums.
        let second = collect(provider)
        #expect(second.scopes.first?.metrics.count == 1)
        #expect(second.metric("C", scope: "m")?.value(["k": 1]) == .int(105))
        let values = second.delta(since: first).scopes.flatMap {
            $0.metrics.flatMap { $0.data.numbers.map(\.value) }
        }
        #expect(values.count == 2)
        #expect(Set(values.map { "\($0)" }) == ["int(3)", "int(5)"])
        one.remove(["k": 1])
        one.remove(["k": 2])
        two.add(4, ["k": 1])
        let third = collect(provider)
        let rest = third.delta(since: second).scopes.flatMap { $0.metrics.flatMap(\.values) }
        #expect(rest == [.int(4)])
    }

    /// Sync and observed gauges in one metric: neither silences the other.
    @Test func joinedGaugesKeepTheirWays() {
        let provider = make()
        let meter = provider.meter("m")
        meter.gauge("g", of: Int.self).record(1, ["k": "sync"])
        _ = meter.observableGauge("g", of: Int.self) { $0.observe(2, ["k": "observed"]) }
        let first = collect(provider)
        let second = collect(provider)
        #expect(first.scopes.first?.metrics.count == 1)
        #expect(
            second.delta(since: first).scopes.flatMap { $0.metrics.flatMap(\.values) } == [.int(2)])
    }

    /// A10.3
    @Test func exemplarsOfEarlierIntervalsAreLeftOut() throws {
        let sampled = SteppedClock(start: 1)
        let provider = MeterProvider.make(
            traceContext: {
                TraceContext(traceID: (1, 2), spanID: 3, isSampled: sampled.now() == 1)
            }, clock: clock)
        let counter = provider.meter("m").counter("c")
        counter.add(1)
        let first = collect(provider)
        sampled.set(to: 0)
        counter.add(1)
        let second = collect(provider)
        #expect(first.delta(since: nil).metric("c", scope: "m")?.point()?.exemplars.count == 1)
        #expect(
            second.delta(since: first).metric("c", scope: "m")?.point()?.exemplars.isEmpty == true)
    }

    /// A6.28: a zero bucket that has grown holds what was in buckets before.
    @Test func aZeroThresholdThatHasGrownIsTakenIntoAccount() throws {
        func snapshot(
            _ count: UInt64, _ zeroCount: UInt64, _ counts: [UInt64], offset: Int32,
            threshold: Double, time: UInt64
        ) -> MetricsSnapshot {
            let point = ExponentialHistogramPoint(
                attributes: .empty, start: 1, count: count, sum: nil, minimum: nil, maximum: nil,
                scale: 0, zeroCount: zeroCount,
                positive: ExponentialBuckets(offset: offset, counts: counts),
                zeroThreshold: threshold)
            let metric = Metric(
                descriptor: MetricDescriptor(name: "e"),
                data: .exponentialHistogram([point], temporality: .cumulative))
            return MetricsSnapshot(
                resource: Resource(), time: time,
                scopes: [ScopeMetrics(scope: InstrumentationScope(name: "m"), metrics: [metric])])
        }
        let first = snapshot(7, 1, [1, 2, 3], offset: 0, threshold: 0, time: 10)
        let second = snapshot(12, 6, [4, 2], offset: 2, threshold: 4, time: 20)
        let delta = try #require(second.delta(since: first).metric("e", scope: "m"))
        guard case .exponentialHistogram(let points, .delta) = delta.data else {
            Issue.record("no exponential histogram")
            return
        }
        let point = try #require(points.first)
        #expect(point.count == 5 && point.zeroCount == 2 && point.zeroThreshold == 4)
        #expect(point.positive == ExponentialBuckets(offset: 2, counts: [1, 2]))
    }

    /// Nobody's snapshots trap, however they were made.
    @Test func absurdSnapshotsDoNoHarm() {
        func make(_ offset: Int32, _ scale: Int32, _ value: Int64, _ counts: [UInt64])
            -> MetricsSnapshot
        {
            let points = [
                ExponentialHistogramPoint(
                    attributes: .empty, start: 1, count: .max, sum: .nan, minimum: nil,
                    maximum: nil,
                    scale: scale, zeroCount: value == 0 ? 0 : .max,
                    positive: ExponentialBuckets(offset: offset, counts: counts),
                    negative: ExponentialBuckets(offset: offset, counts: [1, .max, 0]))
            ]
            let histogram = HistogramPoint(
                attributes: .empty, start: 1, count: UInt64(counts.count), sum: .infinity,
                minimum: nil, maximum: nil, bucketCounts: counts)
            let number = NumberPoint(attributes: .empty, start: 1, value: .int(value))
            let metrics = [
                Metric(
                    descriptor: MetricDescriptor(name: "e"),
                    data: .exponentialHistogram(points, temporality: .cumulative)),
                Metric(
                    descriptor: MetricDescriptor(name: "h"),
                    data: .histogram([histogram], bounds: [], temporality: .delta)),
                Metric(
                    descriptor: MetricDescriptor(name: "s"),
                    data: .sum([number], isMonotonic: true, temporality: .cumulative)),
            ]
            return MetricsSnapshot(
                resource: Resource(), time: UInt64(bitPattern: value),
                scopes: [ScopeMetrics(scope: InstrumentationScope(name: "m"), metrics: metrics)])
        }
        var snapshots: [MetricsSnapshot] = []
        for offset in [Int32.min, -1, 0, .max] {
            for scale in [Int32.min, -11, 20, .max] {
                snapshots.append(make(offset, scale, Int64(offset), [1, 2, 3]))
                snapshots.append(make(offset, scale, .min, []))
                snapshots.append(make(offset, scale, .max, [0, 0]))
            }
        }
        for one in snapshots {
            for two in snapshots {
                let delta = one.delta(since: two)
                #expect(delta.time == one.time && delta.pointCount <= one.pointCount)
                let metrics = delta.scopes.flatMap(\.metrics)
                #expect(metrics.allSatisfy { $0.data.temporality == .delta })
            }
            // The histogram is a difference already.
            let same = one.delta(since: one).scopes.flatMap(\.metrics)
            #expect(same.map(\.descriptor.name) == ["h"])
            let all = one.delta(since: nil, preference: .lowMemory)
            #expect(all.time == one.time && all.pointCount == one.pointCount)
        }
    }

    /// The sum of all differences is the cumulative value, whatever a program does.
    @Test(arguments: 0..<40)
    func differencesAddUp(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let size = random.pick([2, 4, 160])
        let provider = make(
            views: [View(.init(name: "e"), aggregation: .exponentialBuckets(maximumSize: size))])
        let meter = provider.meter("m")
        let counter = meter.counter("c")
        let doubles = meter.counter("d", of: Double.self)
        let (explicit, exponential) = (meter.histogram("h"), meter.histogram("e"))
        var sums: [String: Int64] = [:]
        var (total, counts, buckets) = (0.0, [UInt64](), ExponentialBuckets())
        var (scale, zeroes) = (Int32(20), UInt64(0))
        var previous: MetricsCollection?
        for _ in 0..<30 {
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let key: AttributeSet = ["k": .int(Int64(Int.random(in: 0..<4, using: &random)))]
                counter.add(Int.random(in: 0..<100, using: &random), key)
                doubles.add(Double.random(in: 0..<100, using: &random))
                let value = exp2Value(&random)
                explicit.record(value)
                exponential.record(value)
            }
            let snapshot = collect(provider)
            let delta = snapshot.delta(since: previous)
            for point in delta.metric("c", scope: "m")?.data.numbers ?? [] {
                if case .int(let value) = point.value {
                    sums["\(point.attributes.attributes)", default: 0] += value
                }
                #expect(point.start == previous?.time ?? 1000)
            }
            total += delta.metric("d", scope: "m")?.point()?.value.asDouble ?? 0
            if let point = delta.metric("h", scope: "m")?.histogram() {
                counts =
                    counts.isEmpty ? point.bucketCounts : zip(counts, point.bucketCounts).map(+)
            }
            if let point = delta.metric("e", scope: "m")?.exponential() {
                #expect(point.count == point.zeroCount + point.positive.count)
                buckets = buckets.coarser(by: scale - point.scale)
                buckets.add(point.positive)
                (scale, zeroes) = (point.scale, zeroes + point.zeroCount)
            }
            // An export that fails keeps the older snapshot; sometimes nothing is asked for.
            previous = snapshot
        }
        let last = try #require(previous)
        for point in last.metric("c", scope: "m")?.data.numbers ?? [] {
            #expect(
                point.value == .int(sums["\(point.attributes.attributes)"] ?? -1), "seed \(seed)")
        }
        let double = last.metric("d", scope: "m")?.point()?.value.asDouble ?? 0
        #expect(abs(double - total) <= 1e-9 * double, "seed \(seed)")
        #expect(
            last.metric("h", scope: "m")?.histogram()?.bucketCounts ?? [] == counts, "seed \(seed)")
        let whole = last.metric("e", scope: "m")?.exponential()
        #expect(whole?.positive ?? ExponentialBuckets() == buckets, "seed \(seed)")
        #expect(whole?.zeroCount ?? 0 == zeroes, "seed \(seed)")
        #expect(whole == nil || whole?.scale == scale, "seed \(seed)")
    }

    private func exp2Value(_ random: inout SeededRandom) -> Double {
        if random.oneIn(8) { return 0 }
        let exponent = Int.random(in: -60..<60, using: &random)
        return Double(
            sign: .plus, exponent: exponent, significand: Double.random(in: 1..<2, using: &random))
    }
}
