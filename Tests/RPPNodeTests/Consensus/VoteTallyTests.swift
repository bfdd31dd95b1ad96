import Testing

@testable import rpp_node

struct VoteTallyTests {
    private let one = SHA256.hash([1])
    private let two = SHA256.hash([2])

    @Test func aValidatorsFirstVoteInARoundCounts() {
        var tally = VoteTally()
        let receptions = [one, one, two].map { tally.add($0, round: 0, from: 3) }
        #expect(receptions == [.counted, .repeated, .conflicting])
        let later = tally.add(two, round: 1, from: 3)
        #expect(later == .counted)
        #expect(tally.winner(round: 0, quorum: 1) == one)
        #expect(tally.winner(round: 0, quorum: 2) == nil)
        #expect(tally.winner(round: 2, quorum: 1) == nil)
    }

    @Test func votesOfDifferentRoundsAndBlocksDoNotAddUp() {
        var tally = VoteTally()
        _ = tally.add(one, round: 0, from: 0)
        _ = tally.add(two, round: 0, from: 1)
        _ = tally.add(one, round: 1, from: 1)
        #expect(tally.winnerOfAnyRound(quorum: 2) == nil)
        _ = tally.add(one, round: 1, from: 2)
        #expect(tally.winnerOfAnyRound(quorum: 2) == one)
    }

    @Test func theEarliestRoundWinsUntilItIsForgotten() {
        var tally = VoteTally()
        for (round, block) in [(5, two), (2, one)] as [(UInt64, Digest)] {
            for validator in 0..<3 { _ = tally.add(block, round: round, from: validator) }
        }
        #expect(tally.winnerOfAnyRound(quorum: 3) == one)
        tally.forget(before: 3)
        #expect(tally.winnerOfAnyRound(quorum: 3) == two)
        let again = tally.add(two, round: 2, from: 0)
        #expect(again == .counted)
    }
}
