import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Rows A4.4, A8.1, A8.2 and A8.5 of the checklist: readers.
/// `Documentation/conformance.md` names these tests.
@Suite struct ReaderRowsTests {
    private static let produced = InstrumentationScope(name: "bridge")

    private func metric(
        _ name: String, _ values: [AttributeSet: Int64], temporality: Temporality = .cumulative
    ) -> Metric {
        let points = values.sorted { $0.key.precedes($1.key) }.map {
            NumberPoint(attributes: $0.key, start: 1, value: .int($0.value))
        }
        return Metric(
            descriptor: MetricDescriptor(name: name),
            data: .sum(points, isMonotonic: true, temporality: temporality))
    }

    private func start(_ snapshot: MetricsSnapshot, _ key: AttributeValue) -> UInt64? {
        snapshot.metric("c", scope: "m")?.point(["k": key])?.start
    }

    @Test func a4_4_whatOneReaderObservedIsNothingToAnother() {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let seen = Mutex<[AttributeValue: Int]>(["a": 9, "b": 9])
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            for (key, value) in seen.withLock({ $0 }) { observer.observe(value, ["k": key]) }
        }
        let (often, rarely) = (MetricReader(of: provider), MetricReader(of: provider))
        clock.set(to: 2000)
        _ = often.collect()
        #expect(start(rarely.collect(), "b") == 1000)
        // For one reader a series vanishes and a total falls.
        seen.withLock { $0 = ["a": 3] }
        let second = often.collect()
        #expect(start(second, "b") == nil && (start(second, "a") ?? 0) > 1000)
        seen.withLock { $0 = ["a": 12, "b": 12] }
        let third = rarely.collect()
        #expect(start(third, "a") == 1000 && start(third, "b") == 1000)
        #expect(start(often.collect(), "b") == second.time)
        // Collections without a reader of their own are a reader, too.
        #expect(start(provider.collect(), "b") == 1000)
        #expect(start(MetricReader(of: provider).collect(), "b") == 1000)
    }

    @Test func a8_2_aSeriesThatComesLateStartsAfterTheReadersOwnCollection() {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let isSeen = Atomic(false)
        let counter = provider.meter("m").counter("s")
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            if isSeen.load(ordering: .relaxed) { observer.observe(1, ["k": "a"]) }
        }
        let (first, second) = (MetricReader(of: provider), MetricReader(of: provider))
        let before = first.collect()
        clock.set(to: 5000)
        _ = second.collect()
        isSeen.store(true, ordering: .relaxed)
        counter.add(1)
        let late = first.collect()
        #expect(start(late, "a") == before.time)
        // The start of a series that is recorded is the same for all.
        let other = second.collect()
        #expect(
            late.metric("s", scope: "m")?.point()?.start
                == other.metric("s", scope: "m")?.point()?.start)
    }

    @Test func a8_2_readersBesideEachOtherSeeOneConsistentSeries() {
        let provider = MeterProvider()
        let total = Atomic(0)
        _ = provider.meter("m").observableCounter("c", of: Int.self) {
            $0.observe(total.wrappingAdd(1, ordering: .relaxed).newValue, ["k": "a"])
        }
        Threads.run(4) { _ in
            let reader = MetricReader(of: provider)
            let first = start(reader.collect(), "a")
            for _ in 0..<50 { #expect(start(reader.collect(), "a") == first) }
        }
    }

    @Test func a8_1_aReaderKeepsWhatItsFilterKeeps() {
        let provider = MeterProvider()
        provider.meter("m").counter("c").add(1)
        provider.meter("m").histogram("h").record(1)
        provider.meter("other").gauge("g").record(1)
        let reader = MetricReader(
            of: provider,
            producers: [
                { [self] in
                    [ScopeMetrics(scope: Self.produced, metrics: [metric("p", [.empty: 1])])]
                }
            ],
            filter: { scope, descriptor, kind in
                scope.name == "m" && kind == .sum && descriptor.name == "c"
            })
        let scopes = reader.collect().scopes
        #expect(scopes.map(\.scope.name) == ["m"])
        #expect(scopes.first?.metrics.map(\.descriptor.name) == ["c"])
        // The filter is this reader's.
        #expect(provider.collect().pointCount == 3)
    }

    @Test func a8_1_aFilterThatCollectsDoesNotCallItself() {
        let provider = MeterProvider()
        let holder = Mutex<MetricReader?>(nil)
        let reader = MetricReader(
            of: provider,
            filter: { _, descriptor, _ in
                holder.withLock { $0 }?.collect().pointCount == 2 && descriptor.name == "c"
            })
        provider.meter("m").counter("c").add(1)
        provider.meter("m").counter("d").add(1)
        holder.withLock { $0 = reader }
        #expect(reader.collect().pointCount == 1)
        holder.withLock { $0 = nil }
    }

    @Test func a8_5_producersAreAskedByEachCollectionAndStandInOrder() {
        let provider = MeterProvider()
        provider.meter("m").counter("c").add(1, ["k": 1])
        provider.meter("z").counter("c").add(1)
        let runs = Atomic<Int64>(0)
        let reader = MetricReader(
            of: provider,
            producers: [
                { [self] in
                    let run = runs.wrappingAdd(1, ordering: .relaxed).newValue
                    return [
                        ScopeMetrics(
                            scope: Self.produced,
                            metrics: [metric("y", [.empty: run]), metric("x", [.empty: run])]),
                        ScopeMetrics(
                            scope: InstrumentationScope(name: "m"),
                            metrics: [metric("c", [["k": 2]: 7]), metric("none", [:])]),
                    ]
                },
                { [ScopeMetrics(scope: InstrumentationScope(name: "empty"), metrics: [])] },
            ])
        for round in 1...2 as ClosedRange<Int64> {
            let snapshot = reader.collect()
            #expect(snapshot.scopes.map(\.scope.name) == ["bridge", "m", "z"])
            #expect(snapshot.scopes[0].metrics.map(\.descriptor.name) == ["x", "y"])
            #expect(snapshot.scopes[0].metrics[0].values == [.int(round)])
            // What receivers could not tell apart is one metric.
            #expect(snapshot.scopes[1].metrics.map(\.values) == [[.int(1), .int(7)]])
        }
        #expect(provider.collect().scopes.map(\.scope.name) == ["m", "z"])
        #expect(runs.load(ordering: .relaxed) == 2)
    }

    @Test func a8_5_whatIsProducedAsADifferenceStaysOne() {
        let provider = MeterProvider()
        provider.meter("bridge").counter("d").add(1, ["own": true])
        let reader = MetricReader(
            of: provider,
            producers: [
                { [self] in
                    [
                        ScopeMetrics(
                            scope: Self.produced,
                            metrics: [metric("d", [.empty: 5], temporality: .delta)])
                    ]
                }
            ])
        let first = reader.collect()
        // A total and a difference are two metrics.
        #expect(first.scopes.first?.metrics.count == 2)
        let second = reader.collect().delta(since: first)
        #expect(second.scopes.first?.metrics.map(\.values) == [[.int(5)]])
    }

    @Test func a8_5_aProducerThatCollectsDoesNotCallItself() {
        let provider = MeterProvider()
        let holder = Mutex<MetricReader?>(nil)
        let reader = MetricReader(
            of: provider,
            producers: [
                { [self] in
                    let inner = holder.withLock { $0 }?.collect().pointCount ?? -1
                    return [
                        ScopeMetrics(
                            scope: Self.produced, metrics: [metric("n", [.empty: Int64(inner)])])
                    ]
                }
            ])
        provider.meter("m").counter("c").add(1)
        holder.withLock { $0 = reader }
        #expect(reader.collect().metric("n", scope: "bridge")?.values == [.int(1)])
        holder.withLock { $0 = nil }
    }
}
