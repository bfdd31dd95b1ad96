internal import CCurl
internal import OTelEmitter
internal import RPPTelemetry

/// The whole node: validators, storage, RPC server and driver. It runs once.
final class Node: Sendable {
    /// The results of a run.
    struct Outcome: Equatable, Sendable {
        let ledger: Ledger
        /// The replies that the built-in driver received, by status; 0 stands for no reply.
        let driverStatuses: [Int: Int]
        /// False if a thread did not end in time, so that the ledger may not be final.
        let isComplete: Bool
    }

    /// The longest wait for a validator, which ends within a round timeout and the time of some
    /// proofs.
    static let validatorJoinLimit = Duration.seconds(10)

    private let configuration: NodeConfiguration
    private let emitter: Emitter?
    private let telemetry: NodeTelemetry
    private let books: Books
    /// Requested when the run should end.
    private let stop: StopLatch
    /// Requested when nothing should be waited for any more.
    private let leave: StopLatch

    /// - Parameter emitter: the emitter whose metrics `/metrics` shows; nil if there are no pages
    ///   for operators.
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

    /// Ends the run early and skips the linger time after it. Call it from any thread, before or
    /// during the run.
    func requestStop() {
        stop.request()
        leave.request()
    }

    var peerID: String { NodeIdentity.peerID(seed: configuration.seed, validator: 0) }

    /// Blocks until the time is over or the stop is requested, and then until every thread that
    /// could still count something has ended. `onListening` receives the RPC port.
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
        // The node stops from the outside in. First there are no more requests. Then the node's own
        // round ends while the other validators still vote, and then they end too. After that the
        // node can still be read for a while.
        let statuses = driver.end()
        let validatorsEnded = validators.map { $0.end(within: Self.validatorJoinLimit) }
        view.finish()
        _ = leave.wait(until: .now.advanced(by: configuration.linger))
        let serverEnded = server.end()
        return Outcome(
            ledger: books.ledger, driverStatuses: statuses,
            isComplete: serverEnded && validatorsEnded.allSatisfy { $0 })
    }

    /// Validator 0 comes first. A stopped validator has a seat, so that the quorum counts it, but
    /// its socket is closed before anything could reach it.
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
