import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// What a courier makes of answers; the receivers are real sockets, the pauses take no time.
@Suite struct CourierTests {
    /// A collector that judges each request by its number, from 1, and whether it has a bad metric.
    private func judging(_ status: @escaping @Sendable (_ number: Int, _ isBad: Bool) -> Int) throws
        -> ScriptedCollector
    {
        let requests = Monitor(0)
        return try ScriptedCollector(
            otherwise: .judging { request in
                let number = requests.withLock {
                    $0 += 1
                    return $0
                }
                let points = (try? request.points()) ?? []
                return HTTPAnswer(status(number, points.contains { $0.metric.contains("bad") }))
            })
    }

    private func names(_ range: Range<Int>) -> [String] { range.map { "good\($0)" } }

    // MARK: A search and its receiver

    /// That the whole was refused by one says nothing of what another one takes.
    @Test func aSearchIsNotCarriedToAnotherReceiver() throws {
        let first = try judging { number, isBad in number > 3 ? 503 : isBad ? 400 : 200 }
        let second = try ScriptedCollector()
        let bench = try CourierBench(first, failover: second)
        #expect(bench.deliver(CourierBench.batch(["a"])).delivered == 1)
        let metrics = names(0..<6) + ["bad", "good7"]
        let outcome = bench.deliver(CourierBench.batch(metrics))
        #expect(outcome.isDone && outcome.delivered == 8 && outcome.losses == [])
        #expect(try first.acceptedPoints().count == 1 + 4)
        // What was undecided, in one request.
        #expect(second.requests.count == 1)
        #expect(try second.acceptedPoints().count == 4)
        #expect(bench.told.allSatisfy { !$0.contains("refused") })
    }

    /// What a search has found before it was left is known of the one who refused it.
    @Test func whatIsFoundIsKnownOfTheOneWhoRefusedIt() throws {
        let first = try judging { number, isBad in number > 6 ? 503 : isBad ? 400 : 200 }
        let second = try ScriptedCollector()
        let bench = try CourierBench(first, failover: second)
        #expect(bench.deliver(CourierBench.batch(["a"])).delivered == 1)
        // The whole, both halves, and of the left one both; then the right one is looked at.
        let outcome = bench.deliver(CourierBench.batch(["bad", "good", "bad 2", "good 2"]))
        #expect(outcome.isDone && outcome.delivered == 4 && outcome.losses == [])
        #expect(bench.routes.map { $0.refusedMetrics(at: bench.now) } == [["bad"], []])
    }

    @Test func theReasonOfASearchThatEndsByAnAcceptanceIsThatOfTheRefusal() throws {
        let bench = try CourierBench(try judging { _, isBad in isBad ? 400 : 200 })
        #expect(bench.deliver(CourierBench.batch(["a"])).delivered == 1)
        let outcome = bench.deliver(CourierBench.batch(["a", "bad"]))
        #expect(outcome.delivered == 1)
        #expect(outcome.losses == [.init(points: 1, reason: .rejected, errorType: "400")])
        #expect(bench.told.count == 1)
        #expect(bench.told[0].contains("metric \"bad\": the collector answers 400"))
    }

    @Test func aReceiverThatAcceptedBeforeIsNotSaidToTakeNoJSON() throws {
        let bench = try CourierBench(try judging { number, _ in number == 1 ? 200 : 400 })
        #expect(bench.deliver(CourierBench.batch(["a"])).delivered == 1)
        let outcome = bench.deliver(CourierBench.batch(names(0..<8)))
        #expect(outcome.losses == [.init(points: 8, reason: .rejected, errorType: "400")])
        // The whole, and as many as one bad metric takes.
        #expect(outcome.attempts == 1 + RefusalSearch.budget(metrics: 8))
        #expect(bench.told.count == 1)
        #expect(bench.told[0].contains("but no part of this one"))
        #expect(!bench.told[0].contains("JSON"))
    }

    @Test func aReceiverThatNeverAcceptedMayTakeNoJSON() throws {
        let bench = try CourierBench(try judging { _, _ in 400 })
        let outcome = bench.deliver(CourierBench.batch(names(0..<8)))
        #expect(outcome.attempts == 1)
        #expect(bench.told.count == 1 && bench.told[0].contains("takes no OTLP JSON"))
    }

    // MARK: Refusals of the whole

    @Test func whoRefusedABatchIsSparedItWhileTheOtherIsDown() throws {
        let first = try judging { _, _ in 401 }
        let second = try ScriptedCollector(isListening: false)
        let bench = try CourierBench(first, failover: second)
        let batch = CourierBench.batch(["a"])
        let start = bench.now
        while bench.now < start + .seconds(300) {
            #expect(!bench.deliver(batch, attempts: 1).isDone)
        }
        #expect(first.requests.count == 1)
        // Nothing would go on if it were spared for good, and its fault is mended.
        while bench.now < start + .seconds(900) {
            #expect(!bench.deliver(batch, attempts: 1).isDone)
        }
        #expect(first.requests.count == 2)
        try second.startListening()
        #expect(bench.deliver(batch).delivered == 1)
        #expect(first.requests.count == 2)
    }

    @Test func aFirstThatRefusesEverythingIsAskedLessAndLess() throws {
        let first = try judging { _, _ in 401 }
        let second = try ScriptedCollector()
        let bench = try CourierBench(first, failover: second)
        for _ in 0..<120 {
            #expect(bench.deliver(CourierBench.batch(["a"])).delivered == 1)
            bench.pass(.seconds(1))
        }
        // Pauses of 0.16 of 1, 2, 4, 8, 16 and then 30 seconds.
        #expect((10...50).contains(first.requests.count), "\(first.requests.count)")
        #expect(second.requests.count == 120)
    }

    @Test func whatBothRefuseIsDoneAtOnceForEachBatch() throws {
        let (first, second) = (try judging { _, _ in 401 }, try judging { _, _ in 403 })
        let bench = try CourierBench(first, failover: second)
        for number in 1...5 {
            let outcome = bench.deliver(CourierBench.batch(["a"]))
            #expect(outcome.losses == [.init(points: 1, reason: .rejected, errorType: "403")])
            #expect((first.requests.count, second.requests.count) == (number, number))
        }
        #expect(bench.passed == .zero)
    }

    // MARK: Too large, and damaged

    @Test func aReceiverThatFindsEverythingTooLargeIsNotAskedForEachPoint() throws {
        let bench = try CourierBench(try judging { _, _ in 413 })
        let outcome = bench.deliver(CourierBench.batch(names(0..<1000)))
        #expect(outcome.losses == [.init(points: 1000, reason: .tooLarge, errorType: "413")])
        #expect(outcome.attempts <= 12)
        #expect(bench.told.count == 1 && bench.told[0].contains("much smaller requests"))
    }

    /// Otherwise the account would be of data points that were never recorded.
    @Test func aBatchWithOtherPointsThanItIsSaidToHoldIsNotDivided() throws {
        let bench = try CourierBench(try judging { number, _ in number == 1 ? 413 : 200 })
        let body = CourierBench.batch(names(0..<4)).body
        let batch = Batch(collection: 1, points: 7, body: body, isCompressed: false)
        let outcome = bench.deliver(batch)
        #expect(outcome.isDone && outcome.delivered == 0 && outcome.attempts == 1)
        #expect(outcome.losses == [.init(points: 7, reason: .rejected, errorType: "unreadable")])
        #expect(bench.told.count == 1 && bench.told[0].contains("refused 7 data points"))
    }
}
