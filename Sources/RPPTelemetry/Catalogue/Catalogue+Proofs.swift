public import Instruments

/// The proof systems that make proofs (contract, section 2).
public enum ProofBackend: Int, AttributeEnum {
    case stwo, plonky3, mock

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
    case rppStark, stwo, plonky3

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
    case identity, transaction, uptime, consensus, state, pruning, recursive

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
    case ok, fail, bypassed

    public static let attributeKey = "result"

    public var attributeValue: String {
        switch self {
        case .ok: "ok"
        case .fail: "fail"
        case .bypassed: "bypassed"
        }
    }
}

/// A part of a verification.
public enum VerificationStage: Int, AttributeEnum {
    case parse, params, `public`, merkle, fri, composition, adapter

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

/// How a stage of a verification ended.
public enum StageResult: Int, AttributeEnum {
    case ok, fail

    public static let attributeKey = "result"

    public var attributeValue: String {
        switch self {
        case .ok: "ok"
        case .fail: "fail"
        }
    }
}
