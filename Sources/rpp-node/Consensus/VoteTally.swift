/// The votes of one kind at one height. Only a validator's first vote in a round counts.
struct VoteTally: Sendable {
    /// What became of a vote.
    enum Reception: Equatable, Sendable {
        case counted
        /// The same vote again.
        case repeated
        /// The validator has already voted for another block in this round, which is a punishable
        /// offence.
        case conflicting
        /// The round is too far from the current one.
        case outside
    }

    private var rounds: [UInt64: [Int: Digest]] = [:]

    mutating func add(_ block: Digest, round: UInt64, from validator: Int) -> Reception {
        if let first = rounds[round]?[validator] {
            return first == block ? .repeated : .conflicting
        }
        rounds[round, default: [:]][validator] = block
        return .counted
    }

    /// The block that at least `quorum` validators voted for in the round.
    func winner(round: UInt64, quorum: Int) -> Digest? {
        var counts: [Digest: Int] = [:]
        for block in (rounds[round] ?? [:]).values { counts[block, default: 0] += 1 }
        return counts.first { $0.value >= quorum }?.key
    }

    /// The block that won the earliest round with a winner.
    func winnerOfAnyRound(quorum: Int) -> Digest? {
        for round in rounds.keys.sorted() {
            if let block = winner(round: round, quorum: quorum) { return block }
        }
        return nil
    }

    mutating func forget(before round: UInt64) {
        rounds = rounds.filter { $0.key >= round }
    }
}
