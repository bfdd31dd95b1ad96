internal import Instruments

/// The instruments of proofs that are generated and verified.
struct ProofInstruments: Sendable {
    typealias Generation = AttributePair<ProofBackend, ProofKind>
    typealias Verification = AttributePair<VerificationBackend, ProofKind>
    typealias Outcome = AttributePair<Verification, VerificationResult>
    typealias Stage = AttributePair<Verification, AttributePair<VerificationStage, StageResult>>

    let generationDuration: ClosedHistogram<Double, Generation>
    let generationSize: ClosedHistogram<Int, Generation>
    let generationCount: ClosedCounter<Int, Generation>
    let verificationDuration: ClosedHistogram<Double, Verification>
    let totalBytes: ClosedHistogram<Int, Verification>
    let paramsBytes: ClosedHistogram<Int, Verification>
    let publicInputsBytes: ClosedHistogram<Int, Verification>
    let payloadBytes: ClosedHistogram<Int, Verification>
    let stages: ClosedCounter<Int, Stage>
    let outcomes: ClosedCounter<Int, Outcome>

    init(_ meter: Meter) {
        generationDuration = meter.histogram(
            Catalogue.generationDuration, over: Generation.self)
        generationSize = meter.histogram(
            Catalogue.generationSize, of: Int.self, over: Generation.self)
        generationCount = meter.counter(Catalogue.generationCount, over: Generation.self)
        verificationDuration = meter.histogram(
            Catalogue.verificationDuration, over: Verification.self)
        let sizes = { (entry: InstrumentEntry) in
            meter.histogram(entry, of: Int.self, over: Verification.self)
        }
        totalBytes = sizes(Catalogue.verificationTotalBytes)
        paramsBytes = sizes(Catalogue.verificationParamsBytes)
        publicInputsBytes = sizes(Catalogue.verificationPublicInputsBytes)
        payloadBytes = sizes(Catalogue.verificationPayloadBytes)
        stages = meter.counter(Catalogue.verificationStage, over: Stage.self)
        outcomes = meter.counter(Catalogue.verificationOutcomes, over: Outcome.self)
    }
}

extension RuntimeMetrics {
    /// A proof was generated: `duration` of the generation, `bytes` of the proof.
    public func recordProofGeneration(
        backend: ProofBackend, kind: ProofKind, duration: Duration, bytes: Int
    ) {
        let attributes = ProofInstruments.Generation(backend, kind)
        proofs.generationDuration.record(duration.milliseconds, attributes)
        proofs.generationSize.record(max(bytes, 0), attributes)
        proofs.generationCount.add(1, attributes)
    }

    /// A proof was verified, or its verification bypassed.
    ///
    /// - Parameters:
    ///   - sizes: of the proof; nil if it was not even looked at.
    ///   - stages: how those ended that were reached.
    public func recordProofVerification(
        backend: VerificationBackend, kind: ProofKind, result: VerificationResult,
        duration: Duration, sizes: ProofSizes? = nil, stages: StageResults = StageResults()
    ) {
        let attributes = ProofInstruments.Verification(backend, kind)
        proofs.verificationDuration.record(duration.milliseconds, attributes)
        if let sizes {
            proofs.totalBytes.record(max(sizes.total, 0), attributes)
            proofs.paramsBytes.record(max(sizes.parameters, 0), attributes)
            proofs.publicInputsBytes.record(max(sizes.publicInputs, 0), attributes)
            proofs.payloadBytes.record(max(sizes.payload, 0), attributes)
        }
        stages.forEach { stage, result in
            proofs.stages.add(1, ProofInstruments.Stage(attributes, .init(stage, result)))
        }
        proofs.outcomes.add(1, ProofInstruments.Outcome(attributes, result))
    }
}
