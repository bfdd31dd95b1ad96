internal import RPPTelemetry

/// What a faulty validator does beside its work (`--faulty-validators`), so that the others have
/// something to see: each kind of offence in the contract.
extension Validator {
    /// Rounds between two attempts to be somebody else.
    private static let impersonationInterval: UInt64 = 8

    var isFaulty: Bool {
        let running = configuration.validators - configuration.stoppedValidators
        return index > 0 && index >= running - configuration.faultyValidators
    }

    /// At the start of a round: bytes that are no vote, a vote from another time, a false name.
    func misbehaveInRound() {
        guard isFaulty else { return }
        mesh.broadcast(Frame(topic: .votes, payload: [0xFF]))
        mesh.broadcast(
            .vote(
                Vote(
                    kind: .prevote, height: state.height + 100, round: 0, block: chain.head)))
        if state.height % Self.impersonationInterval == 1 { mesh.greet(0, as: 0) }
    }

    /// Beside its own vote: one for another block in the same round.
    func misbehaveAfter(_ vote: Vote) {
        guard isFaulty else { return }
        mesh.broadcast(
            .vote(
                Vote(
                    kind: vote.kind, height: vote.height, round: vote.round,
                    block: SHA256.hash(vote.encoded()))))
    }

    /// As a leader: a proof that does not hold.
    func spoilt(_ proof: [UInt8]) -> [UInt8] {
        guard isFaulty, let last = proof.last else { return proof }
        return proof.dropLast() + [last ^ 1]
    }
}
