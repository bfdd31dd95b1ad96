import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolShareTests {
    @Test func aloneAProcessMayUseAll() {
        let share = SpoolShare()
        #expect(!share.mustGiveUp(held: 90, adding: 10, limit: 100))
        #expect(share.mustGiveUp(held: 90, adding: 11, limit: 100))
    }

    @Test func nobodyIsStarvedByANeighbour() {
        let share = SpoolShare(livingBytes: 500, living: 1)
        #expect(!share.mustGiveUp(held: 40, adding: 10, limit: 100))
        #expect(share.mustGiveUp(held: 41, adding: 10, limit: 100))
    }

    @Test func whatIsFreeMayBeUsedBeyondOnesPart() {
        let share = SpoolShare(livingBytes: 10, living: 3)
        #expect(!share.mustGiveUp(held: 80, adding: 10, limit: 100))
        #expect(share.mustGiveUp(held: 81, adding: 10, limit: 100))
    }

    @Test func whatTheDeadLeftCountsAsOnesOwn() {
        let share = SpoolShare(unadoptedBytes: 60)
        #expect(share.mustGiveUp(held: 41, adding: 0, limit: 100))
        #expect(!share.mustGiveUp(held: 40, adding: 0, limit: 100))
    }

    @Test func theLimitHoldsForAllTogetherOnceAllHaveLooked() {
        let seed: UInt64 = 66
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            var held = random.list(1...6) { Int.random(in: 0...400, using: &$0) }
            let limit = Int.random(in: 0...1000, using: &random)
            for _ in 0..<2 {
                for index in held.indices {
                    let all = held.reduce(0, +)
                    let share = SpoolShare(
                        livingBytes: all - held[index], living: held.count - 1)
                    while held[index] > 0,
                        share.mustGiveUp(held: held[index], adding: 0, limit: limit)
                    {
                        held[index] -= 1
                    }
                }
            }
            #expect(held.reduce(0, +) <= limit, "seed \(seed)")
        }
    }
}
