internal import RPPTelemetry

/// The endpoints, each with its path and with the method that it counts as in the metrics.
enum RPCRoute: String, CaseIterable, Sendable {
    case getBalance = "/wallet/get_balance"
    case getHistory = "/wallet/get_history"
    case submitTransaction = "/wallet/submit_transaction"
    case buildProof = "/wallet/build_proof"
    case status = "/wallet/status"
    case blockProof = "/proof/block_proof"
    case validatorProof = "/proof/validator_proof"
    case walletProof = "/proof/wallet_proof"

    var method: RPCMethod {
        switch self {
        case .getBalance: .getBalance
        case .getHistory: .getHistory
        case .submitTransaction: .submitTransaction
        case .buildProof: .buildProof
        case .status: .status
        case .blockProof: .blockProof
        case .validatorProof: .validatorProof
        case .walletProof: .walletProof
        }
    }

    var httpMethod: String { self == .submitTransaction ? "POST" : "GET" }
}
