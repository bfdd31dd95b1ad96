/// What the thread of validator 0 and the RPC threads share: the latest state in one direction,
/// submitted transactions in the other.
final class NodeView: Sendable {
    /// What validator 0 published last.
    struct State: Sendable {
        var chain: Chain
        var peers = 0
        var mempool = 0
    }

    /// Whether the node works.
    enum Health: String, Sendable {
        case ok
        /// No block has been sealed for `stallLimit`.
        case stalled
        /// The run is over, and the node can only be read.
        case finished
    }

    static let maximumSubmissions = 256
    /// The longest time that a healthy node takes for a block, unless its rounds are slow.
    static let leastStallLimit = Duration.seconds(10)
    /// In a healthy node, at least one of this many consecutive rounds seals a block.
    static let stallRounds = 3

    /// The longest time that this node takes for a block while it is healthy.
    let stallLimit: Duration
    private let published: Guarded<State>
    private let submissions = Guarded<[Transaction]>([])
    /// When the head moved last, and whether it may still move.
    private let progress = Guarded((moved: MonotonicInstant.now, isOver: false))

    /// - Parameter roundInterval: the time from the start of a round to the start of the next.
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

    /// Notes that the run is over.
    func finish() {
        progress.withLock { $0.isOver = true }
    }

    func health(at time: MonotonicInstant) -> Health {
        let (moved, isOver) = progress.withLock { $0 }
        if isOver { return .finished }
        return time.since(moved) > stallLimit ? .stalled : .ok
    }

    /// Submits a transaction. Returns false if too many are already waiting for validator 0.
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
