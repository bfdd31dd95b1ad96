internal import Foundation
internal import Instruments

/// A collector that does what a test tells it, on real sockets: each connection follows its script,
/// and every request is kept whole.
///
/// It listens on a free port of 127.0.0.1 and has threads of its own, so that it goes on whatever
/// the test does. It stops, and its threads have ended, when it is let go or `stop` has returned.
package final class ScriptedCollector: Sendable {
    /// What has happened so far.
    struct Log {
        var requests: [ReceivedRequest] = []
        /// Connections accepted so far.
        var connections = 0
        /// Connections that are open.
        var openConnections = 0
        /// Whether the accepting thread runs.
        var isAccepting = false
    }

    package let port: UInt16
    private let listener: Int32
    private let stopSignal: (read: Int32, write: Int32)
    private let isStopped = Monitor(false)
    private let log = Monitor(Log())
    private let scripts: [ConnectionScript]
    private let otherwise: ConnectionScript

    /// - Parameters:
    ///   - scripts: what to do with the first connections, one after the other.
    ///   - otherwise: what to do with all further ones.
    ///   - isListening: false: connections are refused until `startListening`.
    package convenience init(
        _ scripts: ConnectionScript..., otherwise: ConnectionScript = .answering(200),
        isListening: Bool = true
    ) throws {
        try self.init(scripts: scripts, otherwise: otherwise, isListening: isListening)
    }

    /// The same with a list of scripts.
    package init(
        scripts: [ConnectionScript], otherwise: ConnectionScript = .answering(200),
        isListening: Bool = true
    ) throws {
        self.scripts = scripts
        self.otherwise = otherwise
        (listener, port) = try LoopbackSocket.bound()
        var pipe: [Int32] = [0, 0]
        guard Foundation.pipe(&pipe) == 0 else { throw SystemError("pipe") }
        pipe.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
        stopSignal = (pipe[0], pipe[1])
        if isListening { try startListening() }
    }

    deinit {
        stop()
        close(stopSignal.read)
        close(stopSignal.write)
    }

    /// Where the emitter sends to.
    package var endpoint: String { "http://127.0.0.1:\(port)/v1/metrics" }

    /// From now on connections are accepted.
    package func startListening() throws {
        guard listen(listener, 64) == 0 else { throw SystemError("listen") }
        log.withLock { $0.isAccepting = true }
        let loop = AcceptLoop(
            listener: listener, stopSignal: stopSignal.read, log: log, scripts: scripts,
            otherwise: otherwise)
        Thread.detachNewThread { loop.run() }
    }

    /// Closes everything and waits until the threads are done.
    package func stop() {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        // The other end becomes readable for all threads, and stays so: nobody reads it.
        _ = write(stopSignal.write, "x", 1)
        let isOver: Void? = log.wait(within: .seconds(10)) { log in
            log.isAccepting || log.openConnections > 0 ? nil : ()
        }
        precondition(isOver != nil, "the scripted collector does not stop")
        close(listener)
    }

    // MARK: What happened

    /// All requests so far that were read whole.
    package var requests: [ReceivedRequest] { log.withLock { $0.requests } }

    /// Connections accepted so far.
    package var connections: Int { log.withLock { $0.connections } }

    /// Connections that are open.
    package var openConnections: Int { log.withLock { $0.openConnections } }

    /// The requests, once there are `count` of them; nil if there are not within `limit`.
    package func requests(
        atLeast count: Int, within limit: Duration = .seconds(10)
    ) -> [ReceivedRequest]? {
        log.wait(within: limit) { $0.requests.count >= count ? $0.requests : nil }
    }

    /// Waits until so many connections were accepted. False if there are not within `limit`.
    package func hasConnections(
        atLeast count: Int, within limit: Duration = .seconds(10)
    ) -> Bool {
        log.wait(within: limit) { $0.connections >= count ? true : nil } ?? false
    }

    /// Waits until no connection is open. False if there still is one after `limit`.
    package func isLeft(within limit: Duration = .seconds(10)) -> Bool {
        log.wait(within: limit) { $0.openConnections == 0 ? true : nil } ?? false
    }

    /// The data points in all requests that were answered with 2xx, in order.
    package func acceptedPoints() throws -> [OTLPPoint] {
        try requests.filter(\.isAccepted).flatMap { try $0.points() }
    }
}
