internal import RPPTelemetry

/// One validator with its mesh, its chain and the height that it is deciding, all on one thread.
///
/// Validator 0 is the actual node and has books, storage and a view. The other validators have none
/// of these.
final class Validator {
    /// What only validator 0 has.
    struct Node {
        let books: Books
        let view: NodeView
        let storage: ChainStorage
    }

    /// The longest wait for messages, so that submissions and a stop are noticed soon.
    static let longestWait = Duration.milliseconds(20)
    /// The number of messages of the next height that are kept until this height is sealed.
    static let maximumEarlyMessages = 256
    /// The number of refused blocks that are remembered until the height is sealed.
    static let maximumRefusedBlocks = 64

    let index: Int
    let configuration: NodeConfiguration
    let mesh: Mesh
    let books: Books?
    let view: NodeView?
    let storage: ChainStorage?
    let stop: StopLatch
    let startedAt = MonotonicInstant.now

    var chain: Chain
    var mempool = Mempool()
    var state: HeightState
    var roundStartedAt = MonotonicInstant.now
    var nextRoundAt = MonotonicInstant.now
    var lastProgressAt = MonotonicInstant.now
    /// Proposals whose proofs have not arrived yet, by round.
    var unproven: [UInt64: Block] = [:]
    var early: [(message: GossipMessage, peer: Int)] = []
    var peerHeights: [Int: UInt64] = [:]
    var notices: [Int: (height: UInt64, proof: Digest)] = [:]
    /// Blocks of this height whose proofs are invalid.
    var refused: Set<Digest> = []
    var scores: [Int: PeerScore] = [:]
    var peerIDs: [Int: String] = [:]
    /// An average over rounds that tends to 1 while they seal blocks and to 0 while they don't.
    var reputation = 0.5

    init(
        seat: ValidatorSeat, configuration: NodeConfiguration, node: Node?, stop: StopLatch
    ) {
        index = seat.index
        self.configuration = configuration
        books = node?.books
        view = node?.view
        storage = node?.storage
        self.stop = stop
        mesh = Mesh(seat: seat, books: node?.books)
        chain = Chain(seed: configuration.seed)
        state = HeightState(height: 1, validators: configuration.validators)
    }

    /// Runs until the stop is requested. Validator 0 finishes its round first, so that every round
    /// that it has started is sealed, timed out or failed.
    func run() {
        publishLevels()
        books?.chainHeadMoved(height: chain.height, hash: chain.head)
        while !(stop.isRequested && (books == nil || !state.isRoundOpen)) {
            runTimers()
            for event in mesh.turn(timeout: timeToNextTimer) { handle(event) }
            takeSubmissions()
        }
    }

    private var isMeshReady: Bool {
        mesh.peers.count == configuration.validators - 1
            || MonotonicInstant.now.since(startedAt) >= configuration.meshPatience
    }

    private func runTimers() {
        let now = MonotonicInstant.now
        if state.isRoundOpen {
            if now.since(roundStartedAt) >= configuration.roundTimeout { endRoundUnsealed() }
        } else if now >= nextRoundAt, isMeshReady, !stop.isRequested {
            startRound()
        }
    }

    private var timeToNextTimer: Duration {
        let next =
            state.isRoundOpen
            ? roundStartedAt.advanced(by: configuration.roundTimeout) : nextRoundAt
        return max(.zero, min(Self.longestWait, next.since(.now)))
    }

    private func handle(_ event: Mesh.Event) {
        switch event {
        case .connected:
            publishLevels()
        case .disconnected(let peer):
            peerLeft(peer)
            publishLevels()
        case .refusedGreeting:
            books?.slashed(.invalidIdentity)
        case .received(let frame, let peer):
            // A message that can't be decoded is dropped, but its bytes have been counted.
            if let message = try? GossipMessage(frame) {
                handle(message, from: peer)
            } else {
                frameIsUndecodable(frame, from: peer)
            }
        }
    }

    private func takeSubmissions() {
        let submitted = view?.takeSubmissions() ?? []
        for transaction in submitted where mempool.add(transaction) {
            mesh.broadcast(.transaction(transaction))
        }
        if !submitted.isEmpty { publishLevels() }
    }

    func publishLevels() {
        view?.publish(
            NodeView.State(chain: chain, peers: mesh.peers.count, mempool: mempool.count))
        books?.peersChanged(mesh.peers.count)
        books?.mempoolChanged(mempool.count)
        books?.reputationChanged(reputation)
        publishScores()
    }
}
