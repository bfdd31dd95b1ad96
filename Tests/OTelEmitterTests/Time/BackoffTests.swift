import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct BackoffTests {
    private func waits(_ count: Int, seed: UInt64, from backoff: Backoff = Backoff()) -> [Duration]
    {
        var (backoff, random) = (backoff, SeededRandom(seed: seed))
        return (0..<count).map { _ in backoff.next(using: &random) }
    }

    @Test func everyWaitLiesBetweenATenthOfItsCeilingAndTheCeiling() {
        let ceilings = [1.0, 2, 4, 8, 16] + Array(repeating: 30, count: 95)
        for seed in UInt64(0)..<20 {
            for (wait, ceiling) in zip(waits(100, seed: seed), ceilings) {
                #expect(wait >= .seconds(ceiling) * 0.0999, "seed \(seed)")
                #expect(wait <= .seconds(ceiling), "seed \(seed)")
            }
        }
    }

    @Test func aThousandNodesDoNotComeBackAtOnce() {
        let firsts = (UInt64(0)..<1000).map { waits(1, seed: $0)[0] }
        #expect(Set(firsts).count > 990)
        let early = firsts.filter { $0 < .milliseconds(550) }.count
        #expect((400...600).contains(early))
    }

    @Test func aSuccessBeginsAnew() {
        var backoff = Backoff()
        var random = SeededRandom(seed: 1)
        for _ in 0..<50 { _ = backoff.next(using: &random) }
        backoff.reset()
        #expect(waits(4, seed: 9, from: backoff) == waits(4, seed: 9))
    }

    @Test func waitsGrowUpToTheLongest() {
        let longest = waits(100, seed: 3).max() ?? .zero
        #expect(longest <= Backoff.longest)
        #expect(longest > Backoff.longest / 2)
    }
}
