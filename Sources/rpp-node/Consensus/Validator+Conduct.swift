internal import RPPTelemetry

/// What validator 0 records of its peers' conduct: offences, votes that do not count, and scores.
extension Validator {
    func note(_ deed: PeerScore.Deed, of peer: Int) {
        guard books != nil else { return }
        scores[peer, default: PeerScore()].note(deed)
    }

    /// Records a message that could be decoded and came at a useful time.
    func witness(_ topic: WitnessTopic, from peer: Int) {
        books?.witnessed(topic)
        note(.validMessage, of: peer)
    }

    /// Records a vote that the tally has counted or refused.
    func judge(_ reception: VoteTally.Reception, _ vote: Vote, from peer: Int) {
        if reception == .conflicting {
            books?.slashed(.consensusFault)
            note(.conflictingVote, of: peer)
        }
        if reception == .outside { voteIsUntimely(from: peer) }
        if refused.contains(vote.block) { books?.slashed(.invalidVote) }
    }

    /// Records a vote of another height. Late votes of the previous height are nobody's fault, and
    /// early ones of the next height wait.
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

    /// Records that the proof that the leader sent with its block is invalid.
    func refuse(_ block: Digest, from peer: Int) {
        if refused.count < Self.maximumRefusedBlocks { refused.insert(block) }
        note(.invalidProof, of: peer)
    }

    /// Records the vote that this validator has not cast in a round that ended without a block.
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

    /// Stops exporting the score of a peer, but remembers it, because the peer may come back at
    /// once.
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
