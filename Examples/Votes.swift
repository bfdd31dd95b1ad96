public import RPPTelemetry

/// What the vote handler records: votes that do not count, and offences. The offender belongs in
/// the node's own log, because identities and heights are never attributes.
public func handlingVote(
    isTimely: Bool, isForInvalidBlock: Bool, isSecondVote: Bool, _ metrics: RuntimeMetrics
) -> Bool {
    guard isTimely else {
        metrics.recordFailedVote(.externalVote)
        return false
    }
    if isForInvalidBlock { metrics.recordSlashing(.invalidVote) }
    if isSecondVote { metrics.recordSlashing(.consensusFault) }
    return !isForInvalidBlock && !isSecondVote
}
