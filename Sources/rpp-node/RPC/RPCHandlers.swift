internal import RPPTelemetry

/// The handlers of the endpoints, which reply from the state that validator 0 published last.
struct RPCHandlers: Sendable {
    let view: NodeView
    let books: Books
    let configuration: NodeConfiguration
    /// The pages that operators can read on the same port, if there are any.
    var pages: OperatorPages?

    /// The method for the metrics and the reply. An unknown path counts as the method `other`.
    func answer(_ request: HTTPRequest) -> (method: RPCMethod, reply: HTTPReply) {
        guard let route = RPCRoute(rawValue: request.path) else {
            return (.other, .problem(404, "no such path"))
        }
        guard request.method == route.httpMethod else {
            return (route.method, .methodNotAllowed(route.httpMethod))
        }
        return (route.method, answer(route, request))
    }

    private func answer(_ route: RPCRoute, _ request: HTTPRequest) -> HTTPReply {
        switch route {
        case .getBalance: balance(request)
        case .getHistory: history(request)
        case .submitTransaction: submit(request)
        case .buildProof: buildProof(request)
        case .status: status()
        case .blockProof: blockProof(request)
        case .validatorProof: validatorProof(request)
        case .walletProof: walletProof(request)
        }
    }

    private func balance(_ request: HTTPRequest) -> HTTPReply {
        guard let account = account(request) else { return Self.noAccount }
        let balance = view.state.chain.balances[account]
        return HTTPReply(200, "{\"account\":\(account),\"balance\":\(balance)}")
    }

    private func history(_ request: HTTPRequest) -> HTTPReply {
        guard let account = account(request) else { return Self.noAccount }
        let payments = view.state.chain.histories[account].map { payment in
            "{\"from\":\(payment.sender),\"to\":\(payment.receiver),\"amount\":\(payment.amount)}"
        }
        return HTTPReply(
            200, "{\"account\":\(account),\"payments\":[" + payments.joined(separator: ",") + "]}")
    }

    private func submit(_ request: HTTPRequest) -> HTTPReply {
        let form = request.form
        guard let sender = UInt8(form["from"] ?? ""), let receiver = UInt8(form["to"] ?? ""),
            let amount = UInt64(form["amount"] ?? ""), let nonce = UInt64(form["nonce"] ?? "")
        else { return .problem(400, "from, to, amount and nonce must be numbers") }
        let transaction = Transaction(
            sender: sender, receiver: receiver, amount: amount, nonce: nonce)
        guard Chain.isWellFormed(transaction) else {
            return .problem(400, "two different accounts below 16 and an amount above 0")
        }
        guard view.state.chain.balances[Int(sender)] >= amount else {
            return .problem(409, "balance too low")
        }
        guard view.submit(transaction) else { return .problem(503, "too many waiting") }
        return HTTPReply(202, "{\"transaction\":\"\(transaction.hash)\"}")
    }

    private func status() -> HTTPReply {
        let state = view.state
        let id = NodeIdentity.peerID(seed: configuration.seed, validator: 0)
        return HTTPReply(
            200,
            "{\"node_id\":\"\(id)\",\"height\":\(state.chain.height),"
                + "\"head\":\"\(state.chain.head)\",\"peers\":\(state.peers),"
                + "\"mempool\":\(state.mempool)}")
    }

    private func account(_ request: HTTPRequest) -> Int? {
        guard let account = Int(request.query["account"] ?? ""),
            (0..<Chain.accounts).contains(account)
        else { return nil }
        return account
    }

    static let noAccount = HTTPReply.problem(400, "account must be a number from 0 to 15")
}

/// The endpoints that return proofs.
extension RPCHandlers {
    /// Makes a proof with the backend that the wallet chooses. This node has a prover for only one
    /// of them.
    private func buildProof(_ request: HTTPRequest) -> HTTPReply {
        guard let account = account(request) else { return Self.noAccount }
        switch request.query["backend"] ?? "stwo" {
        case "stwo": return proof(.transaction, of: account)
        case "plonky3", "mock": return .problem(501, "this node lacks that backend")
        default: return .problem(400, "backend must be stwo, plonky3 or mock")
        }
    }

    private func walletProof(_ request: HTTPRequest) -> HTTPReply {
        guard let account = account(request) else { return Self.noAccount }
        return proof(.state, of: account)
    }

    private func validatorProof(_ request: HTTPRequest) -> HTTPReply {
        guard let validator = Int(request.query["validator"] ?? ""),
            (0..<configuration.validators).contains(validator)
        else { return .problem(400, "no such validator") }
        return proof(.identity, of: validator)
    }

    /// The proof of a block, by default the latest one. Only recent blocks are kept.
    private func blockProof(_ request: HTTPRequest) -> HTTPReply {
        let chain = view.state.chain
        guard let height = UInt64(request.query["height"] ?? String(chain.height)) else {
            return .problem(400, "height must be a number")
        }
        guard let sealed = chain.recentBlock(height) else {
            return .problem(404, "no such block")
        }
        return HTTPReply(
            200,
            "{\"height\":\(height),\"block\":\"\(sealed.block.hash)\","
                + "\"proof\":\"\(Hexadecimal.encode(sealed.proof))\"}")
    }

    /// Makes a proof about `subject` as of the chain's head.
    private func proof(_ kind: ProofKind, of subject: Int) -> HTTPReply {
        let chain = view.state.chain
        var writer = ByteWriter()
        writer.write(UInt64(truncatingIfNeeded: subject))
        writer.write(chain.head)
        let statement = Statement(kind: kind, subject: writer.bytes)
        let start = MonotonicInstant.now
        let proof = Prover.prove(statement, parameters: configuration.lightProofs)
        books.proofMade(
            kind, duration: MonotonicInstant.now.since(start), bytes: proof.count)
        return HTTPReply(
            200,
            "{\"subject\":\(subject),\"height\":\(chain.height),"
                + "\"statement\":\"\(statement.digest)\","
                + "\"proof\":\"\(Hexadecimal.encode(proof))\"}")
    }
}
