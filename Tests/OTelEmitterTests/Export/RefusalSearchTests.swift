import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct RefusalSearchTests {
    /// Runs a search against a receiver that refuses what holds one of `bad`.
    private func run(_ count: Int, bad: Set<Int>) -> (
        search: RefusalSearch, accepted: [Int], requests: Int
    ) {
        var search = RefusalSearch(refused: 0..<count)
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
            #expect(requests == 2)
        }
    }

    @Test func severalGuiltyMetricsOfOneHalfAreAllFound() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<500 {
            let count = Int.random(in: 2...64, using: &random)
            let half = 0..<count / 2
            let bad = Set(half.filter { _ in random.oneIn(3) })
            if bad.isEmpty { continue }
            let (search, accepted, _) = run(count, bad: bad)
            #expect(!search.blamesReceiver)
            #expect(Set(search.guilty) == bad)
            #expect(accepted == (0..<count).filter { !bad.contains($0) })
        }
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
