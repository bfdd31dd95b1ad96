internal import CCurl
internal import OTelEmitter
internal import RPPTelemetry

/// The whole node: validators, storage, RPC server and driver; it runs once.
final class Node: Sendable {
    /// What a run leaves behind.
    struct Outcome: Equatable, Sendable {
        let ledger: Ledger
        /// Replies that the built-in driver received, by status; 0 stands for none.
        let driverStatuses: [Int: Int]
        /// False if a thread outlived its limit, so that the ledger may not be final.
        let isComplete: Bool
    }

    /// A validator ends within a round timeout and the time of some proofs.
    static let validatorJoinLimit = Duration.seconds(10)

    private let configuration: NodeConfiguration
    private let emitter: Emitter?
    private let telemetry: NodeTelemetry
    private let books: Books
    /// The run ends.
    private let stop: StopLatch
    /// Nothing is waited for any more.
    private let leave: StopLatch

    /// - Parameter emitter: whose metrics `/metrics` shows; nil: operators have no pages.
    init(
        _ configuration: NodeConfiguration, telemetry: NodeTelemetry, emitter: Emitter? = nil
    ) throws(SystemCallError) {
        self.configuration = configuration
        self.emitter = emitter
        self.telemetry = telemetry
        let stop = try StopLatch()
        self.stop = stop
        leave = try StopLatch()
        let limit = configuration.roundLimit ?? .max
        books = Books(telemetry: telemetry) { ended in
            if ended >= limit { stop.request() }
        }
    }

    /// Ends the run early, and what would follow it; callable from any thread, before or during it.
    func requestStop() {
        stop.request()
        leave.request()
    }

    var peerID: String { NodeIdentity.peerID(seed: configuration.seed, validator: 0) }

    /// Blocks until the time is over or the stop is requested, and until every thread that
    /// could still count something has ended. `onListening` gets the RPC port.
    func run(
        diskCalls: DiskCalls = .real, onListening: (UInt16) -> Void
    ) throws(SystemCallError) -> Outcome {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        let directory = try DataDirectory(named: configuration.dataDirectory)
        defer { withExtendedLifetime(directory) {} }
        let storage = try ChainStorage(
            directory: directory.path, metrics: telemetry.runtime, books: books, calls: diskCalls)
        let view = NodeView(
            chain: Chain(seed: configuration.seed), roundInterval: configuration.roundInterval)
        let server = try RPCServer(
            port: configuration.rpcPort,
            handlers: RPCHandlers(
                view: view, books: books, configuration: configuration,
                pages: emitter.map {
                    OperatorPages(emitter: $0, telemetry: telemetry, view: view)
                }))
        let deadline = MonotonicInstant.now.advanced(by: configuration.duration)
        let validators = try startValidators(storage: storage, view: view)
        onListening(server.port)
        let driver = try RPCDriver(
            port: server.port, seed: configuration.seed,
            interval: configuration.requestInterval)

        _ = stop.wait(until: deadline)
        // From the outside in: no more requests, then the node's own round comes to its end while
        // the others still vote, and then they may go. What is left can be read for a while.
        let statuses = driver.end()
        let validatorsEnded = validators.map { $0.end(within: Self.validatorJoinLimit) }
        view.finish()
        _ = leave.wait(until: .now.advanced(by: configuration.linger))
        let serverEnded = server.end()
        return Outcome(
            ledger: books.ledger, driverStatuses: statuses,
            isComplete: serverEnded && validatorsEnded.allSatisfy { $0 })
    }

    /// Validator 0 comes first. A stopped one has a seat, so that the quorum counts it, but its
    /// sockets are closed before anything could reach them.
    private func startValidators(
        storage: sending ChainStorage, view: NodeView
    ) throws(SystemCallError) -> [ValidatorThread] {
        let running = configuration.validators - configuration.stoppedValidators
        let seats = try ValidatorSeat.make(count: configuration.validators, running: running)
        var threads: [ValidatorThread] = []
        guard let first = seats.first else { return threads }
        threads.append(
            try ValidatorThread(
                seat: first, configuration: configuration,
                node: Validator.Node(books: books, view: view, storage: storage)))
        for seat in seats.dropFirst() {
            threads.append(
                try ValidatorThread(seat: seat, configuration: configuration, node: nil))
        }
        return threads
    }
}
