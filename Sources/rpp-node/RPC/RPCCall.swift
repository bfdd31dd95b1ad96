/// A request of the driver.
struct RPCCall: Equatable, Sendable {
    let target: String
    /// The body of a POST; nil for a GET.
    let form: String?

    init(_ target: String, form: String? = nil) {
        self.target = target
        self.form = form
    }

    /// A random call. Most are sensible; about one in ten is wrong in some way.
    static func random(using generator: inout SplitMix64) -> RPCCall {
        let account = Int.random(in: 0..<Chain.accounts, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<25: return RPCCall("\(RPCRoute.getBalance.rawValue)?account=\(account)")
        case 25..<40: return RPCCall("\(RPCRoute.getHistory.rawValue)?account=\(account)")
        case 40..<60: return submission(from: account, using: &generator)
        case 60..<75: return RPCCall(RPCRoute.status.rawValue)
        case 75..<80: return RPCCall("\(RPCRoute.buildProof.rawValue)?account=\(account)")
        case 80..<84: return RPCCall(RPCRoute.blockProof.rawValue)
        case 84..<87: return RPCCall("\(RPCRoute.validatorProof.rawValue)?validator=0")
        case 87..<90: return RPCCall("\(RPCRoute.walletProof.rawValue)?account=\(account)")
        case 90..<92: return RPCCall("\(RPCRoute.getBalance.rawValue)?account=nobody")
        case 92..<94: return RPCCall("\(RPCRoute.blockProof.rawValue)?height=999999999")
        case 94..<96: return RPCCall("/no/such/path")
        case 96..<97: return RPCCall(RPCRoute.submitTransaction.rawValue, form: "from=me")
        case 97..<98: return RPCCall(RPCRoute.submitTransaction.rawValue)
        default:
            return RPCCall(
                "\(RPCRoute.buildProof.rawValue)?account=\(account)&backend=plonky3")
        }
    }

    private static func submission(
        from account: Int, using generator: inout SplitMix64
    ) -> RPCCall {
        let distance = Int.random(in: 1..<Chain.accounts, using: &generator)
        let receiver = (account + distance) % Chain.accounts
        let amount = Int.random(in: 1...1000, using: &generator)
        let nonce = UInt64.random(in: 0...UInt64.max, using: &generator)
        return RPCCall(
            RPCRoute.submitTransaction.rawValue,
            form: "from=\(account)&to=\(receiver)&amount=\(amount)&nonce=\(nonce)")
    }
}
