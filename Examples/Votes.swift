public import RPPTelemetry

/// What the vote handler tells: votes that do not count, and offences. Who offended is for the
/// node's own log: identities and heights are never attributes.
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
