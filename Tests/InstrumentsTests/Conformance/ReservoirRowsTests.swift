import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Rows A10.6 and A10.7 of the checklist: the host's reservoirs, and exemplars of observations.
/// `Documentation/conformance.md` names these tests.
@Suite struct ReservoirRowsTests {
    /// Keeps the largest measurement, and runs what a test wants at every step.
    private final class Largest: ExemplarReservoir {
        private let largest = Mutex<Exemplar?>(nil)
        private let step: @Sendable () -> Void
        private let end: @Sendable () -> Void

        init(
            step: @escaping @Sendable () -> Void = {}, end: @escaping @Sendable () -> Void = {}
        ) {
            self.step = step
            self.end = end
        }

        deinit { end() }

        func offer(
            _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64
        ) {
            step()
            largest.withLock { known in
                if let known, known.value.asDouble >= value.asDouble { return }
                known = Exemplar(
                    value: value, time: time, filteredAttributes: attributes, context: context)
            }
        }

        func collect() -> [Exemplar] {
            step()
            return largest.withLock { $0.map { [$0] } ?? [] }
        }
    }

    private static let trace = TraceContext(traceID: (high: 1, low: 2), spanID: 3, isSampled: true)

    private func provider(
        keeping filter: AttributeFilter? = nil, _ kind: ExemplarReservoirKind,
        exemplarFilter: ExemplarFilter = .alwaysOn
    ) -> MeterProvider {
        MeterProvider(
            views: [View(View.Selector(name: "*"), attributes: filter, reservoir: kind)],
            exemplarFilter: exemplarFilter, traceContext: { Self.trace })
    }

    @Test func a10_6_aViewMakesAReservoirOfTheHostForEachSeries() {
        let made = Atomic(0)
        let provider = provider(
            keeping: .only(["a"]),
            .custom {
                made.wrappingAdd(1, ordering: .relaxed)
                return Largest()
            })
        let counter = provider.meter("m").counter("c")
        for value in [3, 9, 4] {
            counter.add(value, ["a": 1, "b": .int(Int64(value))])
            counter.bind(["a": 2, "c": .int(Int64(value))]).add(value)
        }
        for _ in 0..<2 {
            let metric = provider.collected("c")
            let exemplars = metric?.data.numbers.flatMap(\.exemplars) ?? []
            #expect(exemplars.map(\.value) == [.int(9), .int(9)])
            // What the point has is not on the exemplar.
            #expect(exemplars.map(\.filteredAttributes) == [["b": 9], ["c": 9]])
            #expect(exemplars.allSatisfy { $0.context == Self.trace })
        }
        #expect(made.load(ordering: .relaxed) == 2)
    }

    @Test func a10_6_theFilterDecidesBeforeTheReservoir() {
        let offered = Atomic(0)
        let reservoir = ExemplarReservoirKind.custom {
            Largest(step: { offered.wrappingAdd(1, ordering: .relaxed) })
        }
        let off = provider(reservoir, exemplarFilter: .alwaysOff)
        off.meter("m").counter("c").add(1)
        #expect(off.collected("c")?.values == [.int(1)])
        #expect(offered.load(ordering: .relaxed) == 0)
        let on = provider(reservoir, exemplarFilter: .traceBased)
        on.meter("m").counter("c").add(1)
        #expect(offered.load(ordering: .relaxed) == 1)
    }

    @Test func a10_6_aReservoirMayMeasureAndCollect() {
        let holder = Mutex<MeterProvider?>(nil)
        let provider = provider(
            .custom {
                holder.withLock { $0 }?.meter("m").counter("made").add(1)
                return Largest(step: {
                    guard let provider = holder.withLock({ $0 }) else { return }
                    provider.meter("m").counter("c").add(1, ["k": 1])
                    _ = provider.collect()
                })
            })
        holder.withLock { $0 = provider }
        _ = provider.meter("m").observableCounter("o", of: Int.self) { observer in
            for key in 0..<3000 { observer.observe(1, ["k": .int(Int64(key))]) }
        }
        provider.meter("m").counter("c").add(1, ["k": 1])
        let snapshot = provider.collect()
        // Its own measurements count and are offered to nobody.
        #expect((snapshot.metric("c", scope: "m")?.values.first?.asDouble ?? 0) > 1)
        #expect(snapshot.metric("made", scope: "m")?.values.isEmpty == false)
        #expect(snapshot.metric("o", scope: "m")?.values.count == 2001)
        holder.withLock { $0 = nil }
    }

    @Test func a10_6_aReservoirEndsWhereItMayUseItsProvider() {
        let ended = Atomic(0)
        let holder = Mutex<MeterProvider?>(nil)
        let provider = provider(
            .custom {
                Largest(end: {
                    ended.wrappingAdd(1, ordering: .relaxed)
                    holder.withLock { $0 }?.meter("m").counter("c").add(1, ["end": true])
                    _ = holder.withLock { $0 }?.collect()
                })
            })
        holder.withLock { $0 = provider }
        let counter = provider.meter("m").counter("c")
        for key in 0..<50 as Range<Int64> {
            counter.add(1, ["k": .int(key)])
            counter.remove(["k": .int(key)])
        }
        for _ in 0..<10 { _ = provider.collect() }
        #expect(ended.load(ordering: .relaxed) >= 50)
        holder.withLock { $0 = nil }
    }

    @Test func a10_6_manyThreadsOfferAndCollect() {
        let provider = provider(.custom { Largest() })
        let counter = provider.meter("m").counter("c")
        Threads.run(4) { thread in
            for value in 1...200 {
                counter.add(value, ["k": .int(Int64(value % 3))])
                if value % 20 == 0 { _ = provider.collect() }
            }
        }
        let points = provider.collected("c")?.data.numbers ?? []
        #expect(points.map { $0.exemplars.first?.value } == [.int(198), .int(199), .int(200)])
    }

    @Test func a10_7_observationsThatLostAttributesHaveExemplars() throws {
        let clock = SteppedClock(start: 1000)
        func collect(
            _ filter: ExemplarFilter, _ reservoir: ExemplarReservoirKind? = nil
        ) -> MetricsSnapshot {
            let provider = MeterProvider(
                views: [
                    View(View.Selector(name: "c"), attributes: .only(["a"]), reservoir: reservoir)
                ], cardinalityLimit: 2, exemplarFilter: filter, traceContext: { Self.trace },
                now: clock.now)
            _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
                observer.observe(1, ["a": 1])
                observer.observe(2, ["a": 2, "b": 1])
                observer.observe(4, ["a": 3, "b": 2])
            }
            return provider.collect()
        }
        let snapshot = collect(.alwaysOn)
        let metric = try #require(snapshot.metric("c", scope: "m"))
        #expect(metric.point(["a": 1])?.exemplars == [])
        let kept = try #require(metric.point(["a": 2]))
        #expect(kept.exemplars.map(\.value) == [.int(2)])
        #expect(kept.exemplars.map(\.filteredAttributes) == [["b": 1]])
        // Callbacks run in no trace.
        #expect(kept.exemplars.allSatisfy { $0.context == nil })
        #expect(kept.exemplars.allSatisfy { $0.time > kept.start && $0.time <= snapshot.time })
        let overflow = metric.point(["otel.metric.overflow": true])?.exemplars
        #expect(overflow?.map(\.filteredAttributes) == [["a": 3, "b": 2]])
        let custom = collect(.alwaysOn, .custom { Largest() }).metric("c", scope: "m")
        #expect(custom?.point(["a": 2])?.exemplars.map(\.value) == [.int(2)])
        for filter in [ExemplarFilter.traceBased, .alwaysOff] {
            let points = collect(filter).metric("c", scope: "m")?.data.numbers ?? []
            #expect(points.count == 3 && points.allSatisfy { $0.exemplars.isEmpty })
        }
    }
}
