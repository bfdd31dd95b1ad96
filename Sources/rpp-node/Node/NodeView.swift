/// What validator 0's thread and the RPC threads share: the latest state one way, submitted
/// transactions the other.
final class NodeView: Sendable {
    /// What validator 0 last published.
    struct State: Sendable {
        var chain: Chain
        var peers = 0
        var mempool = 0
    }

    static let maximumSubmissions = 256

    private let published: Guarded<State>
    private let submissions = Guarded<[Transaction]>([])

    init(chain: Chain) {
        published = Guarded(State(chain: chain))
    }

    var state: State { published.withLock { $0 } }

    func publish(_ state: State) {
        published.withLock { $0 = state }
    }

    /// Answers false while too many wait for validator 0.
    func submit(_ transaction: Transaction) -> Bool {
        submissions.withLock { waiting in
            guard waiting.count < Self.maximumSubmissions else { return false }
            waiting.append(transaction)
            return true
        }
    }

    func takeSubmissions() -> [Transaction] {
        submissions.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
