public import Instruments

/// The instruments of the wallet and proof RPC.
extension Catalogue {
    static let requests = [requestLatency.definition, requestTotal.definition]

    package typealias Request = AttributePair<RPCMethod, RPCResult>

    package static let requestLatency = InstrumentDefinition.durations(
        "rpp.runtime.rpc.request.latency", "Time taken to answer a request.",
        boundaries: Boundaries.requestMilliseconds, over: Request.self)
    package static let requestTotal = InstrumentDefinition.events(
        "rpp.runtime.rpc.request.total", "Requests answered.", over: Request.self)
}

/// The methods of the wallet and proof RPC.
public enum RPCMethod: Int, AttributeEnum {
    /// Asks for the balance of an account.
    case getBalance
    /// Asks for the payments of an account.
    case getHistory
    /// Submits a transaction.
    case submitTransaction
    /// Asks the wallet to make a proof.
    case buildProof
    /// Asks for the state of the node.
    case status
    /// Asks for the proof of a block.
    case blockProof
    /// Asks for a validator's proof.
    case validatorProof
    /// Asks for a wallet's proof.
    case walletProof
    /// Any other method, known or not.
    case other

    public static let attributeKey = "method"

    public var attributeValue: String {
        switch self {
        case .getBalance: "get_balance"
        case .getHistory: "get_history"
        case .submitTransaction: "submit_transaction"
        case .buildProof: "build_proof"
        case .status: "status"
        case .blockProof: "block_proof"
        case .validatorProof: "validator_proof"
        case .walletProof: "wallet_proof"
        case .other: "other"
        }
    }
}

/// How a request ended, as the caller sees it.
public enum RPCResult: Int, AttributeEnum {
    /// The request was carried out.
    case success
    /// The request failed through an error of the caller.
    case clientError
    /// The request failed through an error of the server.
    case serverError

    public static let attributeKey = "result"

    public var attributeValue: String {
        switch self {
        case .success: "success"
        case .clientError: "client_error"
        case .serverError: "server_error"
        }
    }

    /// The result for an HTTP status: 2xx and 3xx are a success, 4xx is an error of the client, and
    /// anything else is an error of the server.
    public init(status: Int) {
        switch status {
        case 200..<400: self = .success
        case 400..<500: self = .clientError
        default: self = .serverError
        }
    }
}
