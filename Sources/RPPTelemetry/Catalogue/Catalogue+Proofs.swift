public import Instruments

/// The instruments of generated and verified proofs.
extension Catalogue {
    static let proofs = [
        generationDuration.definition, generationSize.definition, generationCount.definition,
        verificationDuration.definition, verificationTotalBytes.definition,
        verificationParamsBytes.definition, verificationPublicInputsBytes.definition,
        verificationPayloadBytes.definition, verificationStage.definition,
        verificationOutcomes.definition,
    ]

    package typealias Generation = AttributePair<ProofBackend, ProofKind>
    package typealias Verification = AttributePair<VerificationBackend, ProofKind>
    package typealias Outcome = AttributePair<Verification, VerificationResult>
    package typealias Stage =
        AttributePair<Verification, AttributePair<VerificationStage, StageResult>>

    package static let generationDuration = InstrumentDefinition.durations(
        "rpp.runtime.proof.generation.duration", "Time taken to generate a proof.",
        boundaries: Boundaries.proofMilliseconds, over: Generation.self)
    package static let generationSize = InstrumentDefinition.sizes(
        "rpp.runtime.proof.generation.size", "Size of a generated proof.", over: Generation.self)
    package static let generationCount = InstrumentDefinition.events(
        "rpp.runtime.proof.generation.count", "Proofs generated.", over: Generation.self)
    package static let verificationDuration = InstrumentDefinition.durations(
        "rpp.runtime.proof.verification.duration", "Time taken to verify a proof.",
        boundaries: Boundaries.proofMilliseconds, over: Verification.self)
    package static let verificationTotalBytes = InstrumentDefinition.sizes(
        "rpp.runtime.proof.verification.total_bytes", "Size of a verified proof.",
        over: Verification.self)
    package static let verificationParamsBytes = InstrumentDefinition.sizes(
        "rpp.runtime.proof.verification.params_bytes",
        "Size of the parameters in a verified proof.", over: Verification.self)
    package static let verificationPublicInputsBytes = InstrumentDefinition.sizes(
        "rpp.runtime.proof.verification.public_inputs_bytes",
        "Size of the public inputs in a verified proof.", over: Verification.self)
    package static let verificationPayloadBytes = InstrumentDefinition.sizes(
        "rpp.runtime.proof.verification.payload_bytes", "Size of the rest of a verified proof.",
        over: Verification.self)
    package static let verificationStage = InstrumentDefinition.events(
        "rpp.runtime.proof.verification.stage", "Stages of verifications, by result.",
        over: Stage.self)
    package static let verificationOutcomes = InstrumentDefinition.events(
        "rpp.runtime.proof.verification.outcomes", "Verifications, by result.",
        over: Outcome.self)
}

/// The proof systems that generate proofs.
public enum ProofBackend: Int, AttributeEnum {
    /// STWO.
    case stwo
    /// Plonky3.
    case plonky3
    /// A stand-in that proves nothing.
    case mock

    public static let attributeKey = "backend"

    public var attributeValue: String {
        switch self {
        case .stwo: "stwo"
        case .plonky3: "plonky3"
        case .mock: "mock"
        }
    }
}

/// The proof systems that verify proofs.
public enum VerificationBackend: Int, AttributeEnum {
    /// The chain's own STARK.
    case rppStark
    /// STWO.
    case stwo
    /// Plonky3.
    case plonky3

    public static let attributeKey = "proof_backend"

    public var attributeValue: String {
        switch self {
        case .rppStark: "rpp-stark"
        case .stwo: "stwo"
        case .plonky3: "plonky3"
        }
    }
}

/// What a proof is about.
public enum ProofKind: Int, AttributeEnum {
    /// An identity.
    case identity
    /// A transaction.
    case transaction
    /// The time that a node was up.
    case uptime
    /// A decision of consensus.
    case consensus
    /// A state transition.
    case state
    /// What was removed from the history.
    case pruning
    /// Other proofs.
    case recursive

    public static let attributeKey = "proof_kind"

    public var attributeValue: String {
        switch self {
        case .identity: "identity"
        case .transaction: "transaction"
        case .uptime: "uptime"
        case .consensus: "consensus"
        case .state: "state"
        case .pruning: "pruning"
        case .recursive: "recursive"
        }
    }
}

/// How a verification ended.
public enum VerificationResult: Int, AttributeEnum {
    /// The proof holds.
    case ok
    /// The proof does not hold.
    case fail
    /// The proof was accepted without verification.
    case bypassed

    public static let attributeKey = "result"

    public var attributeValue: String {
        switch self {
        case .ok: "ok"
        case .fail: "fail"
        case .bypassed: "bypassed"
        }
    }
}

/// A stage of a verification.
public enum VerificationStage: Int, AttributeEnum {
    /// Reading the proof.
    case parse
    /// Comparing its parameters.
    case params
    /// Comparing its public inputs.
    case `public`
    /// Following its Merkle paths.
    case merkle
    /// Checking the low degree by FRI.
    case fri
    /// Checking the composition of the constraints.
    case composition
    /// Translating the result for the caller.
    case adapter

    public static let attributeKey = "stage"

    public var attributeValue: String {
        switch self {
        case .parse: "parse"
        case .params: "params"
        case .public: "public"
        case .merkle: "merkle"
        case .fri: "fri"
        case .composition: "composition"
        case .adapter: "adapter"
        }
    }
}

/// How one stage of a verification ended.
public enum StageResult: Int, AttributeEnum {
    /// The stage passed.
    case ok
    /// The stage failed, which ended the verification.
    case fail

    public static let attributeKey = "result"

    public var attributeValue: String {
        switch self {
        case .ok: "ok"
        case .fail: "fail"
        }
    }
}
