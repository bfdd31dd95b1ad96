internal import RPPTelemetry

/// What validator 0 writes down of its peers' conduct: offences, votes that do not count, scores.
extension Validator {
    func note(_ deed: PeerScore.Deed, of peer: Int) {
        guard books != nil else { return }
        scores[peer, default: PeerScore()].note(deed)
    }

    /// A message that could be read, and came when it could be of use.
    func witness(_ topic: WitnessTopic, from peer: Int) {
        books?.witnessed(topic)
        note(.validMessage, of: peer)
    }

    /// A vote that was added to the tally, or refused by it.
    func judge(_ reception: VoteTally.Reception, _ vote: Vote, from peer: Int) {
        if reception == .conflicting {
            books?.slashed(.consensusFault)
            note(.conflictingVote, of: peer)
        }
        if reception == .outside { voteIsUntimely(from: peer) }
        if refused.contains(vote.block) { books?.slashed(.invalidVote) }
    }

    /// Stragglers of the height before are nobody's fault, and those of the next height wait.
    func judgeUntimely(_ vote: Vote, from peer: Int) {
        let isNear = vote.height >= state.height - 1 && vote.height <= state.height + 1
        if !isNear { voteIsUntimely(from: peer) }
    }

    private func voteIsUntimely(from peer: Int) {
        books?.voteFailed(.externalVote)
        note(.untimelyVote, of: peer)
    }

    func frameIsUndecodable(_ frame: Frame, from peer: Int) {
        if frame.topic == .votes { books?.voteFailed(.invalidGossip) }
        note(.undecodableFrame, of: peer)
    }

    /// The proof that the leader sent with its block does not hold.
    func refuse(_ block: Digest, from peer: Int) {
        if refused.count < Self.maximumRefusedBlocks { refused.insert(block) }
        note(.invalidProof, of: peer)
    }

    /// The round is over without a block: what this validator has not voted for in it.
    func noteMissingVote() {
        switch state.missingVote {
        case .prevote: books?.voteFailed(.localPrevote)
        case .precommit: books?.voteFailed(.localPrecommit)
        case nil: break
        }
    }

    func publishScores() {
        guard let books else { return }
        for peer in mesh.peers {
            let score = scores[peer, default: PeerScore()]
            books.peerScored(peerID(of: peer), score.value)
        }
    }

    func forgetScores() {
        for peer in scores.keys { scores[peer]?.forget() }
    }

    /// Its score is not exported any more, and not forgotten: it may come back at once.
    func peerLeft(_ peer: Int) {
        books?.peerLeft(peerID(of: peer))
    }

    func peerID(of validator: Int) -> String {
        if let known = peerIDs[validator] { return known }
        let made = NodeIdentity.peerID(seed: configuration.seed, validator: validator)
        peerIDs[validator] = made
        return made
    }
}
