/// The node's own client: calls the endpoints at a steady rate, some of them wrongly.
final class RPCDriver: Sendable {
    /// Above the longest that one request may take.
    static let joinLimit = Duration.seconds(5)

    private let stop: StopLatch
    private let thread: WorkerThread
    private let tally: RPCDriverTally

    init(port: UInt16, seed: UInt64, interval: Duration) throws(SystemCallError) {
        let stop = try StopLatch()
        let tally = RPCDriverTally()
        self.stop = stop
        self.tally = tally
        thread = try WorkerThread {
            guard let client = RPCClient() else { return }
            var generator = SplitMix64.stream(1, of: seed)
            var next = MonotonicInstant.now
            while !stop.wait(until: next) {
                let call = RPCCall.random(using: &generator)
                tally.add(client.perform(call, port: port))
                // After a slow call the driver doesn't catch up in a burst.
                next = max(next.advanced(by: interval), .now)
            }
        }
    }

    /// Finishes the request in progress and ends; answers the statuses it received.
    func end() -> [Int: Int] {
        stop.request()
        _ = thread.join(within: Self.joinLimit)
        return tally.statuses
    }
}

/// The replies that the driver received, by status; 0 stands for none.
private final class RPCDriverTally: Sendable {
    private let counts = Guarded<[Int: Int]>([:])

    var statuses: [Int: Int] { counts.withLock { $0 } }

    func add(_ status: Int) {
        counts.withLock { $0[status, default: 0] += 1 }
    }
}
