internal import RPPTelemetry

/// What a proof is about: a kind, and the digest of its subject.
///
/// The claim is the result of an iterated computation, x ↦ x³ + k, whose start and constant are
/// derived from the digest.
struct Statement: Equatable, Sendable {
    let kind: ProofKind
    let digest: Digest

    /// Binds the subject to the kind, so that a proof of one kind can't stand in for another kind
    /// of the same subject.
    init(kind: ProofKind, subject: [UInt8]) {
        self.kind = kind
        digest = SHA256.hash([UInt8(truncatingIfNeeded: kind.rawValue)] + subject)
    }

    var start: Goldilocks { Goldilocks(digest.number(0)) }
    var constant: Goldilocks { Goldilocks(digest.number(1)) }

    /// The value of each step, beginning with the start.
    func trace(length: Int) -> [Goldilocks] {
        let constant = self.constant
        var values = [start]
        values.reserveCapacity(length)
        var value = start
        for _ in 1..<length {
            value = value * value * value + constant
            values.append(value)
        }
        return values
    }
}
