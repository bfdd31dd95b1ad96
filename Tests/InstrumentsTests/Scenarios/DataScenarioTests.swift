import InstrumentsTesting
import TestSupport
import Testing

@testable import Instruments

/// Hostile data: what must hold whatever is measured (scenarios D).
@Suite struct DataScenarioTests {
    private let overflow = SeriesTable.overflowAttributes

    /// A flood of attribute sets from many threads: bounded, exact, and the guilty key is named.
    @Test func d1_aFloodOfSetsIsBoundedAndLosesNothing() throws {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 50, reports: reports)
        let counter = provider.meter("m").counter("c")
        let share = 1000
        Threads.run(8) { thread in
            for step in 0..<share {
                let peer = thread * share + step
                counter.add(1) {
                    $0.set("method", peer % 3)
                    $0.set("peer", peer)
                }
            }
        }
        let values = try #require(provider.collected("c")).values
        #expect(values.count == 51)
        #expect(values.reduce(0) { $0 + $1.asDouble } == Double(8 * share))
        #expect(reports.all == [.cardinalityLimitReached("c", limit: 50, key: "peer")])
        // Five standard errors of the estimate.
        let refused = try #require(counter.storage.direct).table.refusedSets
        #expect((5300...10_600).contains(refused), "\(refused)")
    }

    /// Sets that look alike are told apart, and bytes are not taken for others that spell the same.
    @Test func d1_setsThatLookAlikeAreDifferentSeries() {
        let alike: [AttributeSet] = [
            ["a": "bc"], ["ab": "c"], ["a": "b", "c": ""], ["a": "", "b": "c"], ["a": 1],
            ["a": 1.0], ["a": "1"], ["a": true], ["a": .bytes([0x31])], ["a": .array([1])],
            ["a": .double(-0.0)], ["a": 0.0], ["a": .double(.nan)], ["a": .empty], ["a": ""],
            ["a": "e\u{301}"], ["a": "\u{E9}"], ["A": 1], ["a\0": 1], ["a": "\0"],
        ]
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        for set in alike { counter.add(1, set) }
        #expect(provider.collected("c")?.values == alike.map { _ in .int(1) })
    }

    /// A megabyte as a value, ten thousand attributes, an empty key, one key twice, any order.
    @Test func d2_absurdAttributesAreKeptAndPermutationsAreOneSeries() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let large = String(repeating: "x", count: 1 << 20)
        counter.add(1, ["k": .string(large)])
        counter.add(2, "k", large)
        counter.add(4) { $0.set("k", large) }
        #expect(provider.collected("c")?.values == [.int(7)])
        let many = (0..<10_000).map { Attribute("key\($0)", .int(Int64($0))) }
        let wide = provider.meter("m").counter("wide")
        wide.add(1, AttributeSet(many))
        wide.add(1, AttributeSet(many.reversed()))
        #expect(provider.collected("wide")?.values == [.int(2)])
        let odd = provider.meter("m").counter("odd")
        odd.add(1) {
            $0.set("", "nothing")
            $0.set("b", "lost")
            $0.set("a", "1")
            $0.set("b", "2")
        }
        odd.add(1, "a", "1", "b", "2")
        odd.add(1, "b", "2", "a", "1")
        let twice = [Attribute("b", "lost"), Attribute("a", "1"), Attribute("b", "2")]
        odd.add(1, AttributeSet(twice))
        #expect(provider.collected("odd")?.value(["a": "1", "b": "2"]) == .int(4))
        #expect(provider.collected("odd")?.values.count == 1)
    }

    /// Broken UTF-8 is repaired on its way into a string; every way of recording agrees on it.
    @Test func d3_brokenTextIsOneSeriesOnEveryPath() {
        let broken: [[UInt8]] = [
            [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82],
            [0xFF, 0xFE], [0x61, 0xF0, 0x9F], [0], [0xEF, 0xBB, 0xBF, 0x61], [0x22, 0x5C, 0x0A],
            Array("\u{2028}\u{2029}".utf8),
        ]
        for bytes in broken {
            let text = String(decoding: bytes, as: UTF8.self)
            let provider = MeterProvider.make()
            let counter = provider.meter("m").counter("c")
            counter.add(1, ["k\(text)": .string(text)])
            counter.add(1, "k\(text)", text)
            counter.add(1) { $0.set("k\(text)", text) }
            counter.bind(["k\(text)": .string(text)]).add(1)
            let metric = provider.collected("c")
            #expect(metric?.values == [.int(4)], "\(bytes)")
            #expect(metric?.point(["k\(text)": .string(text)]) != nil, "\(bytes)")
        }
    }

    /// Numbers at the ends: refused or held, never a trap, never a total that falls.
    @Test func d4_numbersAtTheEndsAreRefusedOrHeld() throws {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let ints = meter.counter("ints")
        for amount in [Int.max, .max, 1, -1, .min] { ints.add(amount) }
        let doubles = meter.counter("doubles", of: Double.self)
        for amount in [1e308, 1e308, .nan, .infinity, -1, -.infinity] { doubles.add(amount) }
        let sizes = meter.histogram("sizes", boundaries: [0])
        for size in [-0.0, .leastNonzeroMagnitude, 1e308, 1e308, .nan, -1] { sizes.record(size) }
        let levels = meter.gauge("levels")
        for level in [1.0, .infinity, -0.0] { levels.record(level) }
        let snapshot = provider.collect()
        #expect(snapshot.metric("ints", scope: "m")?.values == [.int(.max)])
        let held = Double.greatestFiniteMagnitude
        #expect(snapshot.metric("doubles", scope: "m")?.values == [.double(held)])
        let point = try #require(snapshot.metric("sizes", scope: "m")?.histogram())
        #expect(point.bucketCounts == [1, 3] && point.sum == held && point.maximum == 1e308)
        #expect(snapshot.metric("levels", scope: "m")?.values == [.double(-0.0)])
        #expect(
            Set(reports.all) == Set(["ints", "doubles", "sizes"].map { .droppedMeasurements($0) }))
        #expect(snapshot.delta(since: snapshot).pointCount == 0)
    }

    /// Nothing measured, all removed: nothing is in the snapshot.
    @Test func d5_whatHoldsNothingIsNotThere() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        _ = meter.histogram("empty").bind(["k": 1])
        let counter = meter.counter("removed")
        counter.add(1, ["k": 1])
        counter.remove(["k": 1])
        _ = meter.observableGauge("unobserved", of: Int.self) { _ in }
        let snapshot = provider.collect()
        #expect(snapshot.scopes.isEmpty && snapshot.pointCount == 0)
        #expect(snapshot.delta(since: nil).scopes.isEmpty)
    }

    /// One name, asked for in other ways: told once each, the first casing and advice win.
    @Test func d6_conflictsAreToldOnceAndTheFirstWins() throws {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        meter.counter("requests", keeping: ["a"]).add(1, ["a": 1, "b": 1])
        for _ in 0..<10 { meter.counter("Requests").add(1, ["a": 1]) }
        for _ in 0..<10 { meter.counter("requests", keeping: ["b"]).add(1, ["a": 1, "b": 2]) }
        #expect(provider.collected("requests")?.value(["a": 1]) == .int(21))
        #expect(
            reports.all == [
                .differentCasing("Requests", first: "requests"), .differentAdvice("requests"),
            ])
        for _ in 0..<10 { meter.gauge("requests").record(1) }
        for _ in 0..<10 { meter.counter("requests", unit: "s").add(1) }
        #expect(reports.all.count { $0 == .conflictingRegistration("requests") } == 2)
        #expect(reports.all.count == 4)
        let bounds = meter.histogram("sizes", boundaries: [1])
        meter.histogram("sizes", boundaries: [2, 3]).record(1.5)
        bounds.record(1)
        #expect(provider.collected("sizes")?.histogram()?.bucketCounts == [1, 1])
        #expect(reports.all.last == .differentAdvice("sizes"))
    }

    /// Illegal and enormous names are told when the instrument is made, and it works all the same.
    @Test(arguments: ["", "1a", "a b", "é", String(repeating: "n", count: 10_000), "a\0b"])
    func d7_anIllegalNameIsToldAndWorks(name: String) {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let counter = provider.meter("m").counter(
            name, unit: String(repeating: "u", count: 10_000), description: "\0")
        #expect(reports.all == [.invalidName(name)])
        for _ in 0..<3 { counter.add(1) }
        #expect(provider.collected(name)?.values == [.int(3)])
        #expect(reports.all.count == 1)
    }

    /// Idle, removed, made again: a new start, and no difference is negative.
    @Test func d10_aSeriesThatComesBackHasANewStartAndNoNegativeRate() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let counter = provider.meter("m").counter("c")
        let key: AttributeSet = ["k": 1]
        counter.add(100, key)
        clock.set(to: 2000)
        let first = provider.collection()
        clock.set(to: 3000)
        let idle = provider.collection()
        #expect(idle.delta(since: first).pointCount == 0)
        counter.remove(key)
        clock.set(to: 4000)
        let gone = provider.collection()
        #expect(gone.pointCount == 0)
        counter.add(3, key)
        clock.set(to: 5000)
        let back = provider.collection()
        let (before, after) = (first.metric("c", scope: "m"), back.metric("c", scope: "m"))
        #expect(after?.value(key) == .int(3))
        #expect(try #require(after?.point(key)).start > #require(before?.point(key)).start)
        for earlier in [first, idle, gone] {
            let delta = back.delta(since: earlier).metric("c", scope: "m")
            #expect(delta?.value(key) == .int(3))
        }
    }
}
