import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct RefusalSearchTests {
    /// Runs a search against a receiver that refuses what holds one of `bad`.
    private func run(_ count: Int, bad: Set<Int>, turns: UInt64 = 0) -> (
        search: RefusalSearch, accepted: [Int], requests: Int
    ) {
        var search = RefusalSearch(refused: 0..<count, turns: turns)
        var accepted: [Int] = []
        var requests = 0
        while let next = search.next {
            requests += 1
            if bad.isDisjoint(with: next) {
                accepted += next
                search.accepted()
            } else {
                search.refused()
            }
        }
        return (search, accepted.sorted(), requests)
    }

    @Test(arguments: [1, 2, 3, 4, 7, 8, 9, 100, 1023])
    func oneGuiltyMetricIsFoundWhereverItStands(count: Int) {
        for bad in 0..<count {
            let (search, accepted, requests) = run(count, bad: [bad])
            #expect(search.guilty == [bad])
            #expect(!search.blamesReceiver)
            #expect(accepted == (0..<count).filter { $0 != bad })
            #expect(requests <= RefusalSearch.budget(metrics: count))
        }
    }

    @Test func aReceiverThatRefusesEverythingIsToBlame() {
        for count in [2, 3, 100] {
            let (search, accepted, requests) = run(count, bad: Set(0..<count))
            #expect(search.blamesReceiver)
            #expect(accepted == [])
            #expect(requests == RefusalSearch.budget(metrics: count))
        }
    }

    @Test(arguments: [2, 3, 8, 66, 1000])
    func badMetricsInBothHalvesAreFound(count: Int) {
        let (search, accepted, requests) = run(count, bad: [0, count - 1])
        #expect(search.blamesReceiver == (count == 2))
        guard count > 2 else { return }
        #expect(Set(search.guilty) == [0, count - 1])
        #expect(accepted == Array(1..<count - 1))
        #expect(requests <= 2 * RefusalSearch.budget(metrics: count))
    }

    /// Unless it met nothing but bad ones.
    @Test func scatteredMetricsAreAllFound() {
        var random = SeededRandom(seed: 11)
        var blamed = 0
        for _ in 0..<1000 {
            let count = Int.random(in: 2...64, using: &random)
            let bad = Set((0..<count).filter { _ in random.oneIn(4) })
            if bad.isEmpty { continue }
            let (search, accepted, _) = run(count, bad: bad, turns: random.next())
            if search.blamesReceiver {
                blamed += 1
                #expect(accepted == [])
            } else {
                #expect(Set(search.guilty) == bad)
                #expect(accepted == (0..<count).filter { !bad.contains($0) })
            }
        }
        #expect(blamed < 100)
    }

    /// Where the first half of everything is bad down to the end, another order finds good ones.
    @Test func anotherOrderLooksElsewhere() {
        let bad: Set = [0, 1, 2, 4, 8, 16, 32]
        #expect(run(64, bad: bad).search.blamesReceiver)
        var random = SeededRandom(seed: 12)
        let searches = (0..<100).map { _ in run(64, bad: bad, turns: random.next()).search }
        #expect(searches.count { !$0.blamesReceiver } > 50)
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 2), (3, 4), (4, 4), (5, 6), (1024, 20), (1025, 22)])
    func theBudgetIsTwiceTheNumberOfLevels(metrics: Int, budget: Int) {
        #expect(RefusalSearch.budget(metrics: metrics) == budget)
    }

    @Test func answersAfterTheEndChangeNothing() {
        var search = RefusalSearch(refused: 3..<4)
        #expect(search.next == nil)
        search.accepted()
        search.refused()
        #expect(search.guilty == [3])
    }
}
