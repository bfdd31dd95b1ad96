internal import RPPTelemetry

/// A committed value with the path to its root.
struct Opening: Equatable, Sendable {
    let value: Goldilocks
    let path: [Digest]
}

/// The two values of a folding layer that fold into one. They share a leaf.
struct PairOpening: Equatable, Sendable {
    let low: Goldilocks
    let high: Goldilocks
    let path: [Digest]
}

/// What the prover reveals at one queried position.
struct QueryOpening: Equatable, Sendable {
    let current: Opening
    let next: Opening
    let layers: [PairOpening]
}

/// A decoded proof. `Proof+Encoding.swift` has its encoding.
struct Proof: Equatable, Sendable {
    let parameters: ProofParameters
    let kind: ProofKind
    let digest: Digest
    /// The claimed result of the computation.
    let output: Goldilocks
    let traceRoot: Digest
    let layerRoots: [Digest]
    let finalCoefficients: [Goldilocks]
    let queries: [QueryOpening]
}

/// The sizes of the parts of a proof, in bytes.
struct ProofSections: Equatable, Sendable {
    let total: Int
    let parameters: Int
    let publicInputs: Int

    var payload: Int { total - parameters - publicInputs }
}
