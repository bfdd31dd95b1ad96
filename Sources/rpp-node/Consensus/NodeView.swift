/// What validator 0's thread and the RPC threads share: the latest state one way, submitted
/// transactions the other.
final class NodeView: Sendable {
    /// What validator 0 last published.
    struct State: Sendable {
        var chain: Chain
        var peers = 0
        var mempool = 0
    }

    /// How the node does.
    enum Health: String, Sendable {
        case ok
        /// No block was sealed for `stallLimit`.
        case stalled
        /// Its run is over, and it is only read any more.
        case finished
    }

    static let maximumSubmissions = 256
    /// The longest that a node which does well takes for a block, unless its rounds are slow.
    static let leastStallLimit = Duration.seconds(10)
    /// One of so many rounds in a row seals a block, where a node does well.
    static let stallRounds = 3

    /// The longest that this node takes for a block while it does well.
    let stallLimit: Duration
    private let published: Guarded<State>
    private let submissions = Guarded<[Transaction]>([])
    /// When the head last moved, and whether it may still move.
    private let progress = Guarded((moved: MonotonicInstant.now, isOver: false))

    /// - Parameter roundInterval: from the start of a round to that of the next.
    init(chain: Chain, roundInterval: Duration = NodeConfiguration().roundInterval) {
        stallLimit = max(Self.leastStallLimit, roundInterval * Self.stallRounds)
        published = Guarded(State(chain: chain))
    }

    var state: State { published.withLock { $0 } }

    func publish(_ state: State, at time: MonotonicInstant = .now) {
        let hasMoved = published.withLock { known in
            defer { known = state }
            return state.chain.height != known.chain.height
        }
        if hasMoved { progress.withLock { $0.moved = time } }
    }

    /// The run is over.
    func finish() {
        progress.withLock { $0.isOver = true }
    }

    func health(at time: MonotonicInstant) -> Health {
        let (moved, isOver) = progress.withLock { $0 }
        if isOver { return .finished }
        return time.since(moved) > stallLimit ? .stalled : .ok
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
