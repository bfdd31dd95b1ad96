internal import Instruments

/// The instruments of proofs that are generated and verified.
struct ProofInstruments: Sendable {
    let generationDuration: ClosedHistogram<Double, Catalogue.Generation>
    let generationSize: ClosedHistogram<Int, Catalogue.Generation>
    let generationCount: ClosedCounter<Int, Catalogue.Generation>
    let verificationDuration: ClosedHistogram<Double, Catalogue.Verification>
    let totalBytes: ClosedHistogram<Int, Catalogue.Verification>
    let paramsBytes: ClosedHistogram<Int, Catalogue.Verification>
    let publicInputsBytes: ClosedHistogram<Int, Catalogue.Verification>
    let payloadBytes: ClosedHistogram<Int, Catalogue.Verification>
    let stages: ClosedCounter<Int, Catalogue.Stage>
    let outcomes: ClosedCounter<Int, Catalogue.Outcome>

    init(_ meter: Meter) {
        generationDuration = meter.make(Catalogue.generationDuration)
        generationSize = meter.make(Catalogue.generationSize)
        generationCount = meter.make(Catalogue.generationCount)
        verificationDuration = meter.make(Catalogue.verificationDuration)
        totalBytes = meter.make(Catalogue.verificationTotalBytes)
        paramsBytes = meter.make(Catalogue.verificationParamsBytes)
        publicInputsBytes = meter.make(Catalogue.verificationPublicInputsBytes)
        payloadBytes = meter.make(Catalogue.verificationPayloadBytes)
        stages = meter.make(Catalogue.verificationStage)
        outcomes = meter.make(Catalogue.verificationOutcomes)
    }
}

extension RuntimeMetrics {
    /// Records the generation of a proof: how long it took, and the size of the proof in bytes.
    public func recordProofGeneration(
        backend: ProofBackend, kind: ProofKind, duration: Duration, bytes: Int
    ) {
        let attributes = Catalogue.Generation(backend, kind)
        proofs.generationDuration.record(duration.milliseconds, attributes)
        proofs.generationSize.record(max(bytes, 0), attributes)
        proofs.generationCount.add(1, attributes)
    }

    /// Records the verification of a proof, or that it was bypassed.
    ///
    /// - Parameters:
    ///   - sizes: the sizes of the proof; nil if the proof was not looked at.
    ///   - stages: how the stages that were reached ended.
    public func recordProofVerification(
        backend: VerificationBackend, kind: ProofKind, result: VerificationResult,
        duration: Duration, sizes: ProofSizes? = nil, stages: StageResults = StageResults()
    ) {
        let attributes = Catalogue.Verification(backend, kind)
        proofs.verificationDuration.record(duration.milliseconds, attributes)
        if let sizes {
            proofs.totalBytes.record(max(sizes.total, 0), attributes)
            proofs.paramsBytes.record(max(sizes.parameters, 0), attributes)
            proofs.publicInputsBytes.record(max(sizes.publicInputs, 0), attributes)
            proofs.payloadBytes.record(max(sizes.payload, 0), attributes)
        }
        stages.forEach { stage, result in
            proofs.stages.add(1, Catalogue.Stage(attributes, .init(stage, result)))
        }
        proofs.outcomes.add(1, Catalogue.Outcome(attributes, result))
    }
}
