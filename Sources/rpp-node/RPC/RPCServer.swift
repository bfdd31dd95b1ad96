internal import Glibc

/// The node's HTTP server on loopback. Each of its threads serves one client at a time.
final class RPCServer: Sendable {
    static let threadCount = 16
    /// How long a thread waits for a client before it checks for a stop.
    static let acceptStep = Duration.milliseconds(20)
    /// The longest wait for a thread, which exceeds the longest time that a request and its reply
    /// may take.
    static let joinLimit = Duration.seconds(5)

    let port: UInt16
    private let stop: StopLatch
    private let threads: [WorkerThread]

    init(port: UInt16, handlers: RPCHandlers) throws(SystemCallError) {
        let (listener, port) = try LoopbackSocket.listen(port: port)
        let stop = try StopLatch()
        self.port = port
        self.stop = stop
        var threads: [WorkerThread] = []
        for _ in 0..<Self.threadCount {
            threads.append(
                try WorkerThread {
                    Self.serveClients(of: listener, handlers: handlers, stop: stop)
                })
        }
        self.threads = threads
    }

    /// Finishes the requests in progress and ends. Returns whether every thread has ended in time.
    func end() -> Bool {
        stop.request()
        return threads.reduce(true) { $1.join(within: Self.joinLimit) && $0 }
    }

    private static func serveClients(
        of listener: OwnedDescriptor, handlers: RPCHandlers, stop: StopLatch
    ) {
        while !stop.isRequested {
            guard listener.wait(for: POLLIN, timeout: acceptStep),
                let socket = LoopbackSocket.accept(from: listener)
            else { continue }
            var connection = RPCConnection(socket, handlers: handlers, stop: stop)
            connection.serve()
        }
    }
}
