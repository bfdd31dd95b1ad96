internal import RPPTelemetry

/// The course of a round: start, propose, vote, and seal or time out.
extension Validator {
    /// The leader rotates among the connected validators.
    func leader(ofRound round: UInt64) -> Int {
        let present = (mesh.peers + [index]).sorted()
        return present[Int((state.height &+ round) % UInt64(present.count))]
    }

    func startRound() {
        let leader = leader(ofRound: state.round)
        roundStartedAt = .now
        state.openRound()
        books?.roundStarted(
            height: state.height, round: state.round, leader: peerID(of: leader))
        misbehaveInRound()
        mesh.broadcast(.status(height: chain.height, head: chain.head))
        if leader == index { propose() }
        progress()
    }

    /// Proposes a block. A locked block is proposed again, because no other could win the votes of
    /// the validators that are locked on it.
    private func propose() {
        let start = MonotonicInstant.now
        let candidate = state.locked.flatMap(state.candidate) ?? makeBlock()
        books?.passed(.proposal, after: MonotonicInstant.now.since(start))
        let block = candidate.block
        mesh.broadcast(.proposal(round: state.round, block: block))
        mesh.broadcast(
            .blockProof(
                height: block.height, round: state.round, block: block.hash,
                proof: spoilt(candidate.proof)))
        state.add(candidate, round: state.round)
    }

    private func makeBlock() -> ProvenBlock {
        let block = Block(
            height: state.height, parent: chain.head, proposer: UInt8(truncatingIfNeeded: index),
            transactions: mempool.next(Block.maximumTransactions))
        return ProvenBlock(
            block: block, proof: prove(block.statement, configuration.blockProofs))
    }

    /// Takes every step that the votes allow.
    func progress() {
        while let step = state.nextStep() {
            switch step {
            case .prevote(let block):
                cast(vote(.prevote, for: block))
            case .precommit(let block):
                let vote = vote(.precommit, for: block)
                // Without a durable promise the vote must not leave this node.
                if storage?.promise(vote) ?? true {
                    cast(vote)
                } else {
                    books?.voteFailed(.localPrecommit)
                }
            case .seal(let block):
                guard let candidate = state.candidate(block) else { return }
                seal(candidate)
            }
        }
    }

    private func vote(_ kind: Vote.Kind, for block: Digest) -> Vote {
        Vote(kind: kind, height: state.height, round: state.round, block: block)
    }

    private func cast(_ vote: Vote) {
        state.add(vote, from: index)
        mesh.broadcast(.vote(vote))
        misbehaveAfter(vote)
    }

    private func seal(_ sealed: ProvenBlock) {
        // If the quorum is complete before this validator has opened the round, it opens it now.
        if !state.isRoundOpen { openSilently() }
        books?.quorumReached(
            height: state.height, round: state.round,
            after: MonotonicInstant.now.since(roundStartedAt))
        let start = MonotonicInstant.now
        let isDurable = storage?.append(sealed.block) ?? true
        books?.passed(.commitment, after: MonotonicInstant.now.since(start))
        reputation += (1 - reputation) * 0.05
        adopt(sealed, outcome: isDurable ? .sealed : .failed)
        gossipUptime()
    }

    private func openSilently() {
        roundStartedAt = .now
        state.openRound()
        books?.roundStarted(
            height: state.height, round: state.round,
            leader: peerID(of: leader(ofRound: state.round)))
    }

    /// Makes the block the head, ends the round and goes on to the next height.
    func adopt(_ sealed: ProvenBlock, outcome: RoundOutcome) {
        let start = MonotonicInstant.now
        chain.append(sealed)
        mempool.remove(sealed.block.transactions)
        books?.passed(.execution, after: MonotonicInstant.now.since(start))
        books?.chainHeadMoved(height: chain.height, hash: chain.head)
        if state.isRoundOpen {
            books?.roundEnded(
                height: state.height, round: state.round, outcome: outcome,
                after: MonotonicInstant.now.since(roundStartedAt))
        }
        nextRoundAt = roundStartedAt.advanced(by: configuration.roundInterval)
        lastProgressAt = .now
        unproven = [:]
        refused = []
        forgetScores()
        state = HeightState(height: chain.height + 1, validators: configuration.validators)
        publishLevels()
        let waiting = early
        early = []
        for (message, peer) in waiting { handle(message, from: peer) }
    }

    func endRoundUnsealed() {
        reputation *= 0.9
        noteMissingVote()
        books?.roundEnded(
            height: state.height, round: state.round, outcome: .timedOut,
            after: MonotonicInstant.now.since(roundStartedAt))
        state.enterRound(state.round + 1)
        nextRoundAt = .now
        publishLevels()
    }

    /// Follows the peers to a later round.
    func joinLaterRound() {
        guard let round = state.roundToJoin, !stop.isRequested else { return }
        if state.isRoundOpen { endRoundUnsealed() }
        state.enterRound(round)
        startRound()
    }
}
