import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct MeterProviderTests {
    private func points(_ snapshot: MetricsSnapshot) -> [NumberPoint] {
        snapshot.scopes.flatMap { $0.metrics.flatMap { $0.data.numbers } }
    }

    @Test func metersOfTheSameFourArgumentsAreTheSame() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m", version: "1", schemaURL: "u", attributes: ["k": 1])
        let same = provider.meter("m", version: "1", schemaURL: "u", attributes: ["k": 1])
        #expect(meter.storage === same.storage)
        let others = [
            provider.meter("M", version: "1", schemaURL: "u", attributes: ["k": 1]),
            provider.meter("m", version: "2", schemaURL: "u", attributes: ["k": 1]),
            provider.meter("m", version: "1", schemaURL: "", attributes: ["k": 1]),
            provider.meter("m", version: "1", schemaURL: "u"),
        ]
        for other in others { #expect(other.storage !== meter.storage) }
    }

    @Test func anEmptyMeterNameWorks() {
        let provider = MeterProvider.make()
        provider.meter("").counter("c").add(1)
        #expect(provider.collected("c", scope: "")?.values == [.int(1)])
    }

    @Test func sameNamesInDifferentMetersAreNoConflict() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        provider.meter("m").counter("c").add(1)
        provider.meter("n").counter("c", unit: "By").add(2)
        #expect(reports.all.isEmpty)
        #expect(provider.collected("c", scope: "m")?.values == [.int(1)])
        #expect(provider.collected("c", scope: "n")?.values == [.int(2)])
    }

    @Test func providersAreIndependent() {
        let (one, two) = (MeterProvider.make(), MeterProvider.make())
        one.meter("m").counter("c").add(1)
        #expect(two.collect().scopes.isEmpty)
    }

    @Test func collectingIsAPureRead() {
        let provider = MeterProvider.make()
        provider.meter("m").counter("c").add(1, ["k": 1])
        provider.meter("m").histogram("h").record(4)
        provider.meter("m").gauge("g").record(.nan)
        let (first, second) = (provider.collect(), provider.collect())
        #expect(first.scopes == second.scopes)
        #expect(first.scopes.first?.metrics.count == 3)
        #expect(first.time < second.time)
    }

    @Test func twoReadersSideBySideSeeTheSameStarts() {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let counter = provider.meter("m").counter("c")
        var starts: Set<UInt64> = []
        for step in 0..<10 {
            clock.advance(by: .nanoseconds(1000))
            counter.add(step)
            for _ in 0..<2 { starts.formUnion(points(provider.collect()).map(\.start)) }
        }
        #expect(starts.count == 1)
    }

    @Test func aSeriesStartsWithItsFirstMeasurementAndItsTimeIsLater() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": "first"])
        let bound = counter.bind(["k": "later"])
        clock.set(to: 2000)
        let first = provider.collect()
        clock.set(to: 3000)
        bound.add(1)
        counter.add(1, ["k": "third"])
        clock.set(to: 4000)
        let second = provider.collect()
        let started = Dictionary(
            uniqueKeysWithValues: points(second).map { ($0.attributes["k"], $0.start) })
        // Made at its first measurement, at 1000; silent at the collection of 2000, measured
        // after it; made at 3000.
        #expect(started["first"] == 1000)
        #expect(started["later"] == 2000)
        #expect(started["third"] == 3000)
        #expect(points(first).map(\.start) == [1000])
        #expect(first.time >= 2000)
        #expect(second.time == 4001)
    }

    @Test func aDeclaredZeroStartsWhenItWasDeclared() {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        _ = provider.collect()
        clock.set(to: 1500)
        provider.meter("m").counter("c").declareZero()
        clock.set(to: 2000)
        #expect(points(provider.collect()).map(\.start) == [1500])
    }

    @Test func aClockThatGoesBackwardsGivesNoPointThatEndsBeforeItStarts() {
        let clock = SteppedClock(start: 1_000_000)
        let provider = MeterProvider.make(clock: clock)
        let counter = provider.meter("m").counter("c")
        let seed: UInt64 = 8
        var random = SeededRandom(seed: seed)
        var last: UInt64 = 0
        for step in 0..<300 {
            clock.set(to: UInt64.random(in: 0...2_000_000, using: &random))
            counter.add(1, ["k": .int(Int64(step % 40))])
            let snapshot = provider.collect()
            #expect(snapshot.time > last, "seed \(seed)")
            last = snapshot.time
            for point in points(snapshot) { #expect(point.start < snapshot.time, "seed \(seed)") }
            for point in points(snapshot) { #expect(point.start > 0, "seed \(seed)") }
        }
    }

    @Test func theOrderOfEverythingDoesNotDependOnTheOrderOfCreation() {
        let seed: UInt64 = 4
        var random = SeededRandom(seed: seed)
        let work: [(MeterProvider) -> Void] = [
            { $0.meter("b").counter("z").add(1) },
            { $0.meter("b").counter("y").add(1, ["k": 2]) },
            { $0.meter("b").counter("y").add(1, ["k": 1]) },
            { $0.meter("b").counter("y").add(1) },
            { $0.meter("b").gauge("x", unit: "u").record(1) },
            { $0.meter("b").gauge("x", unit: "t").record(2) },
            { $0.meter("b").counter("x", unit: "t").add(3) },
            { $0.meter("a", version: "2").histogram("h").record(1) },
            { $0.meter("a", version: "1").histogram("h").record(1) },
            { $0.meter("a", attributes: ["s": 2]).histogram("h").record(1) },
            { $0.meter("a", attributes: ["s": 1]).histogram("h").record(1) },
            { $0.meter("a", schemaURL: "u").histogram("h").record(1) },
        ]
        func shape(_ snapshot: MetricsSnapshot) -> [String] {
            snapshot.scopes.flatMap { scope in
                scope.metrics.flatMap { metric in
                    let sets = metric.data.numbers.map(\.attributes.attributes)
                    return [
                        "\(scope.scope.name) \(scope.scope.version) \(scope.scope.schemaURL)",
                        "\(scope.scope.attributes.attributes)", metric.descriptor.name,
                        metric.descriptor.unit, "\(sets) \(metric.values)",
                    ]
                }
            }
        }
        var expected: [String]?
        for _ in 0..<50 {
            let provider = MeterProvider.make()
            for step in work.shuffled(using: &random) { step(provider) }
            let snapshot = provider.collect()
            #expect(snapshot.pointCount == work.count)
            #expect(shape(snapshot) == expected ?? shape(snapshot), "seed \(seed)")
            expected = shape(snapshot)
        }
    }

    @Test func whatHappenedBeforeACollectionIsInIt() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c").bind(.empty)
        for round in 1...20 {
            Threads.run(4) { _ in
                for _ in 0..<100 { counter.add(1) }
            }
            #expect(provider.collected("c")?.values == [.int(Int64(round * 400))])
        }
    }

    @Test func collectionsBesideRecordersNeverFallAndEndExact() async {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let bound = meter.counter("c").bind(.empty)
        let writers = Threads.start {
            Threads.run(4) { index in
                for step in 0..<5000 {
                    bound.add(1)
                    meter.counter("free").add(1, ["k": .int(Int64((step + index) % 10))])
                }
            }
        }
        var last: Int64 = 0
        for _ in 0..<200 {
            if case .int(let value)? = provider.collected("c")?.values.first {
                #expect(value >= last)
                last = value
            }
        }
        Threads.join(writers)
        #expect(provider.collected("c")?.values == [.int(20_000)])
        #expect(provider.collected("free")?.values == Array(repeating: .int(2000), count: 10))
    }

    @Test func tasksThatHopBetweenThreadsAreCountedExactly() async {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c").bind(.empty)
        let histogram = provider.meter("m").histogram("h", boundaries: [0.5]).bind(.empty)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for step in 0..<2000 {
                        counter.add(1)
                        histogram.record(1)
                        if step % 50 == 0 { await Task.yield() }
                    }
                }
            }
        }
        #expect(provider.collected("c")?.values == [.int(32_000)])
        let point = provider.collected("h")?.histogram()
        #expect(point?.bucketCounts == [0, 32_000])
        #expect(point?.sum == 32_000)
    }

    @Test(arguments: [0, -1, Int.min])
    func aCardinalityLimitBelowOneIsOne(limit: Int) {
        let provider = MeterProvider.make(cardinalityLimit: limit)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": 1])
        counter.add(2, ["k": 2])
        #expect(provider.collected("c")?.values == [.int(1), .int(2)])
    }
}
