import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Series of things that are gone: removal, revival, expiry (D10).
@Suite struct CellReadingTests {
    private let clock = SteppedClock(start: 1000)

    private func make(
        limit: Int = 100, idleExpiry: Duration? = nil, views: [View] = []
    ) -> MeterProvider {
        .make(
            views: views, cardinalityLimit: limit, idleExpiry: idleExpiry, clock: clock,
            uptime: clock)
    }

    private func collect(_ provider: MeterProvider, at time: UInt64) -> MetricsSnapshot {
        clock.set(to: time)
        return provider.collect()
    }

    @Test func aRemovedSeriesVanishesAndStartsAnewFromZero() throws {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        let key: AttributeSet = ["k": 1]
        counter.add(5, key)
        counter.add(7, ["k": 2])
        let first = try #require(collect(provider, at: 2000).metric("c", scope: "m"))
        counter.remove(key)
        #expect(collect(provider, at: 3000).metric("c", scope: "m")?.values == [.int(7)])
        clock.set(to: 4000)
        counter.add(1, key)
        let last = try #require(collect(provider, at: 5000).metric("c", scope: "m"))
        #expect(last.value(key) == .int(1))
        // After the last collection that saw nothing of it, and not after its first measurement.
        #expect(last.point(key).map { (3000...4000).contains($0.start) } == true)
        #expect(first.point(key)?.start == 1000)
        #expect(last.point(["k": 2])?.start == first.point(["k": 2])?.start)
    }

    @Test(arguments: ["bound", "unnamed", "closed", "free"])
    func everyLiveHandleRevivesASeries(way: String) throws {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        let closed = provider.meter("m").counter("c", over: Side.self)
        let key: AttributeSet =
            switch way {
            case "unnamed": .empty
            case "closed": ["side": "l"]
            default: ["k": 1]
            }
        let bound = counter.bind(key)
        func add(_ amount: Int) {
            switch way {
            case "bound": bound.add(amount)
            case "unnamed": counter.add(amount)
            case "closed": closed.add(amount, .left)
            default: counter.add(amount, key)
            }
        }
        add(5)
        let first = try #require(collect(provider, at: 2000).metric("c", scope: "m")?.point(key))
        for round in 1...3 {
            let base = UInt64(round) * 10_000
            clock.set(to: base)
            counter.remove(key)
            if round != 2 {
                #expect(collect(provider, at: base + 1000).metric("c", scope: "m") == nil)
            }
            add(round)
            add(round)
            let before = clock.now()
            let snapshot = collect(provider, at: base + 2000)
            let point = try #require(snapshot.metric("c", scope: "m")?.point(key))
            #expect(point.value == .int(Int64(2 * round)))
            // It began after the removal, and not after the add.
            #expect(point.start >= base && point.start <= max(before, base + 2))
            #expect(point.start > first.start && point.start < snapshot.time)
            let again = collect(provider, at: base + 3000).metric("c", scope: "m")?.point(key)
            #expect(again == point)
        }
        withExtendedLifetime(bound) {}
    }

    @Test func revivedHistogramsHaveNoExtremes() throws {
        for aggregation in [Aggregation.explicitBuckets(bounds: [1, 4]), .exponentialBuckets()] {
            let provider = make(views: [View(.init(), aggregation: aggregation)])
            let histogram = provider.meter("m").histogram("h")
            let bound = histogram.bind(.empty)
            for value in [0, 0.5, 100] { bound.record(value) }
            histogram.remove(.empty)
            #expect(provider.collect().pointCount == 0)
            bound.record(2)
            bound.record(3)
            let metric = try #require(provider.collected("h"))
            if let point = metric.histogram() {
                #expect(point.bucketCounts == [0, 2, 0] && point.count == 2 && point.sum == 5)
                #expect(point.minimum == nil && point.maximum == nil)
            } else {
                let point = try #require(metric.exponential())
                #expect(point.count == 2 && point.sum == 5 && point.zeroCount == 0)
                #expect(point.positive.count == 2)
                #expect(point.minimum == nil && point.maximum == nil)
            }
            withExtendedLifetime(bound) {}
        }
    }

    @Test func revivedGaugesAndUpDownCountersBeginAnew() {
        let provider = make()
        let gauge = provider.meter("m").gauge("g", of: Int.self)
        let upDown = provider.meter("m").upDownCounter("u", of: Double.self)
        let (level, sum) = (gauge.bind(.empty), upDown.bind(.empty))
        level.record(5)
        sum.add(-2.5)
        gauge.remove(.empty)
        upDown.remove(.empty)
        #expect(provider.collect().pointCount == 0)
        // The same level again is a measurement.
        level.record(5)
        sum.add(0)
        #expect(provider.collected("g")?.values == [.int(5)])
        #expect(provider.collected("u")?.values == [.double(0)])
    }

    /// What came after a revival is told exactly though the cell holds more than a point can.
    @Test func aRevivedSumOfFullRangeBeginsAtZero() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        let upDown = provider.meter("m").upDownCounter("u")
        let (sum, both) = (counter.bind(["k": 1]), upDown.bind(["k": 1]))
        sum.add(.max)
        sum.add(1)
        both.add(.max)
        #expect(provider.collected("c")?.values == [.int(.max)])
        counter.remove(["k": 1])
        upDown.remove(["k": 1])
        sum.add(7)
        for _ in 0..<2 { both.add(.min) }
        #expect(provider.collected("c")?.values == [.int(7)])
        #expect(provider.collected("u")?.values == [.int(.min)])
    }

    @Test func removingWhatIsNotThereDoesNothing() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        counter.remove(["k": 1])
        counter.remove(SeriesTable.overflowAttributes)
        counter.add(1, ["k": 1])
        counter.remove(["k": 1])
        counter.remove(["k": 1])
        #expect(provider.collected("c") == nil)
    }

    @Test func aRemovedSeriesMakesRoom() {
        let provider = make(limit: 2)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": 1])
        counter.add(2, ["k": 2])
        counter.add(4, ["k": 3])
        counter.remove(["k": 1])
        counter.add(8, ["k": 4])
        counter.add(16, ["k": 5])
        let metric = provider.collected("c")
        #expect(metric?.value(["k": 2]) == .int(2))
        #expect(metric?.value(["k": 4]) == .int(8))
        #expect(metric?.value(SeriesTable.overflowAttributes) == .int(20))
        #expect(metric?.values.count == 3)
    }

    /// A9.5: a handle that revives a series whose place is taken loses nothing.
    @Test func withoutRoomARevivedSeriesCountsToTheOverflow() throws {
        for limit in [1, 2] {
            let provider = make(limit: limit)
            let counter = provider.meter("m").counter("c")
            var bound: BoundCounter<Int>? = counter.bind(["k": 1])
            bound?.add(100)
            counter.remove(["k": 1])
            let removed = clock.now()
            for index in 0..<limit { counter.add(1, ["n": .int(Int64(index))]) }
            bound?.add(5)
            let overflow = SeriesTable.overflowAttributes
            #expect(provider.collected("c")?.value(overflow) == .int(5))
            bound?.add(6)
            let point = try #require(provider.collected("c")?.point(overflow))
            #expect(point.value == .int(11))
            #expect(point.start >= removed)
            bound?.add(7)
            bound = nil
            for _ in 0..<2 { #expect(provider.collected("c")?.value(overflow) == .int(18)) }
            counter.add(1, ["another": 1])
            #expect(provider.collected("c")?.value(overflow) == .int(19))
            #expect(provider.collected("c")?.values.count == limit + 1)
        }
    }

    @Test func withoutRoomRevivedHistogramsCountToTheOverflow() {
        for aggregation in [Aggregation.explicitBuckets(), .exponentialBuckets(maximumSize: 4)] {
            let provider = make(limit: 1, views: [View(.init(), aggregation: aggregation)])
            let histogram = provider.meter("m").histogram("h")
            let bound = (0..<3).map { index in
                let key: AttributeSet = ["k": .int(Int64(index))]
                let bound = histogram.bind(key)
                bound.record(1)
                histogram.remove(key)
                return bound
            }
            histogram.record(1, ["other": 1])
            bound.forEach { $0.record(1000) }
            let metric = provider.collected("h")
            let overflow = SeriesTable.overflowAttributes
            #expect(
                (metric?.histogram(overflow)?.sum ?? metric?.exponential(overflow)?.sum) == 3000)
            #expect(
                (metric?.histogram(overflow)?.count ?? metric?.exponential(overflow)?.count) == 3)
        }
    }

    @Test func aCellIsReusedOnlyWhenNoHandleLives() throws {
        let provider = make()
        // A size of its own, so that no other test takes what is freed here.
        let bounds = (0..<317).map(Double.init)
        let histogram = provider.meter("m").histogram("h", boundaries: bounds)
        var bound: BoundHistogram<Double>? = histogram.bind(["k": 1])
        let offset = try #require(bound).target.offset
        weak let series = histogram.storage.direct?.series(["k": 1])
        histogram.remove(["k": 1])
        _ = provider.collect()
        #expect(histogram.bind(["k": 2]).target.offset != offset)
        bound?.record(1)
        #expect(provider.collected("h")?.histogram(["k": 1])?.count == 1)
        histogram.remove(["k": 1])
        bound = nil
        // Collections let go of it once every thread that reads any table now has left it: those of
        // other tests, too.
        let isGone = eventually {
            _ = provider.collect()
            return series == nil
        }
        #expect(isGone)
        let next = histogram.bind(["k": 3])
        #expect(next.target.offset == offset)
        next.record(2)
        let point = try #require(provider.collected("h")?.histogram(["k": 3]))
        #expect(point.count == 1 && point.minimum == 2 && point.maximum == 2)
    }

    /// What a handle has added before it went is not lost, though nobody holds the series.
    @Test func theLastAddOfAHandleThatGoesRevives() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        var bound: BoundCounter<Int>? = counter.bind(["k": 1])
        bound?.add(1)
        counter.remove(["k": 1])
        bound?.add(2)
        bound = nil
        #expect(provider.collected("c")?.value(["k": 1]) == .int(2))
    }

    @Test func declaringZeroBringsARemovedSeriesBack() {
        let provider = make()
        let counter = provider.meter("m").counter("c")
        let closed = provider.meter("m").counter("c", over: Side.self)
        counter.add(3, ["k": 1])
        closed.add(1, .left)
        counter.remove(["k": 1])
        counter.remove(["side": "l"])
        #expect(provider.collect().pointCount == 0)
        counter.declareZero(["k": 1])
        closed.declareZero { $0 == .left }
        #expect(provider.collected("c")?.value(["k": 1]) == .int(0))
        #expect(provider.collected("c")?.value(["side": "l"]) == .int(0))
    }

    @Test func removalAppliesToAllStreams() {
        let provider = make(views: [
            View(.init(), name: "a"), View(.init(), name: "b", attributes: .only(["k"])),
        ])
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": 1, "l": 1])
        counter.remove(["k": 1, "l": 1])
        #expect(provider.collect().pointCount == 0)
    }

    @Test func idleSeriesExpireAndBeginAnew() throws {
        let provider = make(idleExpiry: .nanoseconds(1000))
        let counter = provider.meter("m").counter("c")
        let (busy, idle) = (counter.bind(["k": "busy"]), counter.bind(["k": "idle"]))
        idle.add(5)
        for step in 1...4 {
            busy.add(1)
            let metric = collect(provider, at: 1000 + UInt64(step) * 400).metric("c", scope: "m")
            #expect(metric?.value(["k": "busy"]) == .int(Int64(step)))
            #expect((metric?.value(["k": "idle"]) != nil) == (step < 4), "\(step)")
        }
        idle.add(2)
        let metric = collect(provider, at: 4000).metric("c", scope: "m")
        #expect(metric?.value(["k": "idle"]) == .int(2))
        #expect(try #require(metric?.point(["k": "idle"])).start >= 2600)
        #expect(collect(provider, at: 9000).metric("c", scope: "m") == nil)
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .milliseconds(-500), .seconds(Int64.max)])
    func anAbsurdExpiryDoesNoHarm(expiry: Duration) {
        let provider = make(idleExpiry: expiry)
        let counter = provider.meter("m").counter("c")
        // The clock runs backwards, and what is measured does not expire.
        for step in 0..<5 {
            counter.add(1)
            let metric = collect(provider, at: UInt64(5 - step) * 1000).metric("c", scope: "m")
            #expect(metric?.values == [.int(Int64(step) + 1)])
        }
        let idle = collect(provider, at: 2000).metric("c", scope: "m")
        #expect(idle?.values == (expiry > .zero ? [.int(5)] : nil))
    }

    @Test func collectionsSideBySideMayExpire() {
        let provider = MeterProvider(idleExpiry: .nanoseconds(500))
        let counter = provider.meter("m").counter("c")
        // All that is ever added to a series, by 8 threads in 200 of 7 turns.
        let most = Int64(8 * (200 / 7 + 1))
        let wrong = Mutex<[String]>([])
        let collect: @Sendable () -> Void = {
            let values = provider.collected("c")?.values ?? []
            let possible = (1...most).map { Number.int($0) }
            let isPossible = values.count <= 7 && values.allSatisfy { possible.contains($0) }
            if !isPossible { wrong.withLock { $0.append("\(values)") } }
        }
        Threads.run(8) { thread in
            for step in 0..<200 {
                counter.add(1, ["k": .int(Int64(step % 7))])
                if thread % 2 == 0 { collect() }
            }
        }
        #expect(wrong.withLock { $0 } == [])
        // Whatever has expired meanwhile, what is added now is there.
        counter.add(1, ["k": 3])
        #expect(provider.collected("c")?.value(["k": 3]) != nil)
    }

    /// Cumulative values never fall within one start, whatever is removed meanwhile.
    @Test func aRevivedSeriesNeverFallsWithinOneStart() {
        let provider = MeterProvider()
        let counter = provider.meter("m").counter("c")
        let bound = counter.bind(["k": 1])
        let workers = Threads.start {
            Threads.run(3) { thread in
                for step in 0..<3000 {
                    if thread == 0 { bound.add(1) } else { counter.add(1, ["k": 1]) }
                    if thread == 2, step % 5 == 0 { counter.remove(["k": 1]) }
                }
            }
        }
        var last: (start: UInt64, value: Int64) = (0, 0)
        for _ in 0..<2000 {
            guard let point = provider.collected("c")?.point(["k": 1]),
                case .int(let value) = point.value
            else { continue }
            #expect(point.start >= last.start)
            if point.start == last.start { #expect(value >= last.value) }
            #expect(value >= 0)
            last = (point.start, value)
        }
        Threads.join(workers)
    }
}
