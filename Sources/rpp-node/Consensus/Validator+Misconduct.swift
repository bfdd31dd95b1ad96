internal import RPPTelemetry

/// What a faulty validator does in addition to its work (`--faulty-validators`): it commits each
/// kind of punishable offence, so that the others have something to detect.
extension Validator {
    /// The number of heights between two greetings under a false name.
    private static let impersonationInterval: UInt64 = 8

    var isFaulty: Bool {
        let running = configuration.validators - configuration.stoppedValidators
        return index > 0 && index >= running - configuration.faultyValidators
    }

    /// Misbehaves at the start of a round: sends bytes that are not a vote, a vote for a distant
    /// height, and sometimes a greeting under a false name.
    func misbehaveInRound() {
        guard isFaulty else { return }
        mesh.broadcast(Frame(topic: .votes, payload: [0xFF]))
        mesh.broadcast(
            .vote(
                Vote(
                    kind: .prevote, height: state.height + 100, round: 0, block: chain.head)))
        if state.height % Self.impersonationInterval == 1 { mesh.greet(0, as: 0) }
    }

    /// Sends a second vote, for another block in the same round.
    func misbehaveAfter(_ vote: Vote) {
        guard isFaulty else { return }
        mesh.broadcast(
            .vote(
                Vote(
                    kind: vote.kind, height: vote.height, round: vote.round,
                    block: SHA256.hash(vote.encoded()))))
    }

    /// Makes the proof of a faulty leader invalid.
    func spoilt(_ proof: [UInt8]) -> [UInt8] {
        guard isFaulty, let last = proof.last else { return proof }
        return proof.dropLast() + [last ^ 1]
    }
}
