internal import RPPTelemetry

/// What a validator does with the messages of its peers.
extension Validator {
    func handle(_ message: GossipMessage, from peer: Int) {
        switch message {
        case .hello:
            break
        case .transaction(let transaction):
            if Chain.isWellFormed(transaction), mempool.add(transaction) { publishLevels() }
        case .proposal(let round, let block):
            guard isTimely(message, height: block.height, from: peer) else { return }
            witness(.blocks, from: peer)
            if peer == leader(ofRound: round), chain.isNext(block), state.isWithinWindow(round) {
                unproven[round] = block
            }
        case .blockProof(let height, let round, let block, let proof):
            guard isTimely(message, height: height, from: peer) else { return }
            accept(proof, of: block, round: round, from: peer)
        case .vote(let vote):
            guard isTimely(message, height: vote.height, from: peer) else {
                return judgeUntimely(vote, from: peer)
            }
            witness(.votes, from: peer)
            judge(state.add(vote, from: peer), vote, from: peer)
            state.sawPeer(peer, inRound: vote.round)
            joinLaterRound()
            progress()
        case .status(let height, _):
            peerHeights[peer] = height
            if isStuck { requestNextBlock(from: peer) }
        case .blockRequest(let height):
            if let sealed = chain.recentBlock(height) {
                mesh.send(.sealedBlock(sealed), to: peer)
            }
        case .sealedBlock(let sealed):
            catchUp(with: sealed, from: peer)
        case .witnessNotice(let height, let proof):
            notices[peer] = (height, proof)
        case .witnessProof(let height, let proof):
            checkUptime(proof, height: height, from: peer)
        }
    }

    /// Messages of the next height are kept until then. Those of other heights are useless.
    private func isTimely(_ message: GossipMessage, height: UInt64, from peer: Int) -> Bool {
        if height == state.height + 1, early.count < Self.maximumEarlyMessages {
            early.append((message, peer))
        }
        return height == state.height
    }

    private func accept(_ proof: [UInt8], of hash: Digest, round: UInt64, from peer: Int) {
        guard let block = unproven[round], block.hash == hash, peer == leader(ofRound: round),
            !state.hasProposal(inRound: round)
        else { return }
        unproven[round] = nil
        state.sawPeer(peer, inRound: round)
        let start = MonotonicInstant.now
        let holds = isValid(proof, block.statement, configuration.blockProofs)
        books?.passed(.validation, after: MonotonicInstant.now.since(start))
        guard holds else { return refuse(hash, from: peer) }
        state.add(ProvenBlock(block: block, proof: proof), round: round)
        joinLaterRound()
        // The leader's clock is as good as this validator's, so its proposal opens the round here
        // too.
        if !state.isRoundOpen, round == state.round, !stop.isRequested { startRound() }
        progress()
    }

    /// Whether the chain has not grown for two round timeouts, which means that something was
    /// missed if a peer has more blocks.
    private var isStuck: Bool {
        MonotonicInstant.now.since(lastProgressAt) >= configuration.roundTimeout * 2
    }

    private func requestNextBlock(from peer: Int) {
        guard peerHeights[peer] ?? 0 > chain.height else { return }
        mesh.send(.blockRequest(height: chain.height + 1), to: peer)
    }

    /// Adopts a block that the others sealed without this validator. Its own open round has failed.
    private func catchUp(with sealed: ProvenBlock, from peer: Int) {
        guard chain.isNext(sealed.block), isStuck || peerHeights[peer] ?? 0 > chain.height + 1,
            isValid(sealed.proof, sealed.block.statement, configuration.blockProofs)
        else { return }
        _ = storage?.append(sealed.block)
        adopt(sealed, outcome: .failed)
        requestNextBlock(from: peer)
    }
}
