/// The node's own client. It calls the endpoints at a steady rate, and some of them wrongly.
final class RPCDriver: Sendable {
    /// The longest wait for the thread, which exceeds the longest time that a request may take.
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
                // After a slow call, the driver does not catch up in a burst.
                next = max(next.advanced(by: interval), .now)
            }
        }
    }

    /// Finishes the request in progress and ends. Returns the statuses that were received.
    func end() -> [Int: Int] {
        stop.request()
        _ = thread.join(within: Self.joinLimit)
        return tally.statuses
    }
}

/// The number of replies that the driver received, by status; 0 stands for no reply.
private final class RPCDriverTally: Sendable {
    private let counts = Guarded<[Int: Int]>([:])

    var statuses: [Int: Int] { counts.withLock { $0 } }

    func add(_ status: Int) {
        counts.withLock { $0[status, default: 0] += 1 }
    }
}
