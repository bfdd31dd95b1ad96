public import RPPTelemetry

/// A wallet that generates proofs. One call records duration, size and count.
public func provingTransaction(
    _ metrics: RuntimeMetrics, prove: () -> [UInt8]
) -> [UInt8] {
    let start = ContinuousClock.now
    let proof = prove()
    metrics.recordProofGeneration(
        backend: .stwo, kind: .transaction, duration: .now - start, bytes: proof.count)
    return proof
}

/// A node that verifies proofs. It records the stages that were reached and the sizes of the parts.
public func verifyingProof(
    _ proof: [UInt8], of kind: ProofKind, _ metrics: RuntimeMetrics, parametersFit: Bool,
    rootsMatch: Bool
) -> Bool {
    let start = ContinuousClock.now
    var stages = StageResults()
    stages[.parse] = .ok
    stages[.params] = parametersFit ? .ok : .fail
    if parametersFit { stages[.merkle] = rootsMatch ? .ok : .fail }
    let isValid = parametersFit && rootsMatch
    metrics.recordProofVerification(
        backend: .rppStark, kind: kind, result: isValid ? .ok : .fail, duration: .now - start,
        sizes: ProofSizes(
            total: proof.count, parameters: 32, publicInputs: 64,
            payload: max(proof.count - 96, 0)),
        stages: stages)
    return isValid
}
