/// What a validator knows about the height that is being decided, and what follows from it.
///
/// The rules are those of Tendermint without nil votes: prevote the leader's block, precommit and
/// lock the block that a quorum prevotes, and seal the block that a quorum precommits in any one
/// round.
struct HeightState: Sendable {
    enum Step: Equatable {
        case prevote(Digest)
        case precommit(Digest)
        case seal(Digest)
    }

    /// Rounds further ahead or behind than this are not remembered.
    static let roundWindow: UInt64 = 64
    /// A peer that claims a later round counts as being in this round.
    static let latestRound = UInt64.max / 2

    let height: UInt64
    private let quorum: Int
    private let toleratedFaults: Int
    private(set) var round: UInt64 = 0
    private(set) var isRoundOpen = false
    private(set) var locked: Digest?
    private var hasPrevoted = false
    private var hasPrecommitted = false
    private var candidates: [Digest: ProvenBlock] = [:]
    /// The leader's block of each round.
    private var proposals: [UInt64: Digest] = [:]
    private var prevotes = VoteTally()
    private var precommits = VoteTally()
    /// The latest round in which each peer was seen.
    private var peerRounds: [Int: UInt64] = [:]

    init(height: UInt64, validators: Int) {
        self.height = height
        quorum = Self.quorum(of: validators)
        toleratedFaults = (validators - 1) / 3
    }

    /// More than two thirds: 2f + 1 of 3f + 1.
    static func quorum(of validators: Int) -> Int {
        validators * 2 / 3 + 1
    }

    func candidate(_ hash: Digest) -> ProvenBlock? { candidates[hash] }

    func hasProposal(inRound round: UInt64) -> Bool { proposals[round] != nil }

    func isWithinWindow(_ other: UInt64) -> Bool {
        other <= round + Self.roundWindow && other + Self.roundWindow >= round
    }

    mutating func openRound() {
        isRoundOpen = true
        hasPrevoted = false
        hasPrecommitted = false
    }

    /// Ends the round without a decision and enters the next one, which is not open yet.
    mutating func enterRound(_ next: UInt64) {
        round = next
        isRoundOpen = false
        if round > Self.roundWindow {
            prevotes.forget(before: round - Self.roundWindow)
            precommits.forget(before: round - Self.roundWindow)
            proposals = proposals.filter { isWithinWindow($0.key) }
            let remembered = Set(proposals.values)
            candidates = candidates.filter { remembered.contains($0.key) || $0.key == locked }
        }
    }

    /// Adds a proposal. The caller has checked its proof, and that the round's leader sent it.
    mutating func add(_ candidate: ProvenBlock, round: UInt64) {
        guard isWithinWindow(round), proposals[round] == nil else { return }
        candidates[candidate.block.hash] = candidate
        proposals[round] = candidate.block.hash
    }

    @discardableResult
    mutating func add(_ vote: Vote, from validator: Int) -> VoteTally.Reception {
        guard isWithinWindow(vote.round) else { return .outside }
        return switch vote.kind {
        case .prevote: prevotes.add(vote.block, round: vote.round, from: validator)
        case .precommit: precommits.add(vote.block, round: vote.round, from: validator)
        }
    }

    /// The first vote of the open round that this validator has not cast; nil if it has cast both.
    var missingVote: Vote.Kind? {
        if !hasPrevoted { return .prevote }
        return hasPrecommitted ? nil : .precommit
    }

    mutating func sawPeer(_ peer: Int, inRound round: UInt64) {
        peerRounds[peer] = max(peerRounds[peer] ?? 0, min(round, Self.latestRound))
    }

    /// The round to skip to, because at least one honest peer is already in it.
    var roundToJoin: UInt64? {
        let ahead = peerRounds.values.sorted(by: >)
        guard ahead.count > toleratedFaults, ahead[toleratedFaults] > round else { return nil }
        return ahead[toleratedFaults]
    }

    /// The next step, if there is one. To take it, the validator adds its own vote.
    mutating func nextStep() -> Step? {
        if let block = precommits.winnerOfAnyRound(quorum: quorum), candidates[block] != nil {
            return .seal(block)
        }
        guard isRoundOpen else { return nil }
        if !hasPrevoted, let block = proposals[round], locked == nil || locked == block {
            hasPrevoted = true
            return .prevote(block)
        }
        if !hasPrecommitted, let block = prevotes.winner(round: round, quorum: quorum),
            candidates[block] != nil
        {
            hasPrecommitted = true
            locked = block
            return .precommit(block)
        }
        return nil
    }
}
