internal import Foundation
internal import Instruments

/// Passes connections on to a port of this machine, and breaks them when a test says so: what can't
/// be scripted, because the other end is a real server.
package final class Relay: Sendable {
    /// What becomes of the connections.
    package enum Mode: Sendable {
        case open
        /// Bytes stay where they are, nothing is closed.
        case stalled
        /// Every connection is ended with RST, new ones too.
        case resetting
        /// Every connection is closed, without a word of the protocol above, once the server has
        /// sent so many bytes.
        case closing(afterServerBytes: Int)
    }

    private struct State {
        var mode = Mode.open
        var isStopped = false
        var threads = 0
        var connections = 0
        /// How often the mode was set.
        var changes = 0
        /// The last change that each open connection goes by.
        var known: [Int: Int] = [:]
    }

    package let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let state = Monitor(State())

    /// Listens on a free port of `address`.
    package convenience init(on address: String = "127.0.0.1", port: UInt16 = 0, to target: UInt16)
        throws
    {
        let (descriptor, port) = try LoopbackSocket.bound(to: port, address: address)
        try self.init(listener: descriptor, port: port, to: target)
    }

    /// Listens on a Unix socket.
    package convenience init(onUnixSocket path: String, to target: UInt16) throws {
        try self.init(listener: try Socket.boundUnix(to: path), port: 0, to: target)
    }

    private init(listener: Int32, port: UInt16, to target: UInt16) throws {
        self.listener = listener
        self.port = port
        self.target = target
        guard listen(listener, 64) == 0 else { throw SystemError("listen") }
        start { $0.accept() }
    }

    deinit {
        stop()
        close(listener)
    }

    /// Returns once all connections go by it.
    package func set(_ mode: Mode) {
        let change = state.withLock { state in
            state.mode = mode
            state.changes += 1
            return state.changes
        }
        _ = state.wait(within: .seconds(10)) { state in
            state.known.values.allSatisfy { $0 >= change } ? true : nil
        }
    }

    /// Connections accepted so far.
    package var connections: Int { state.withLock { $0.connections } }

    /// Ends everything and waits until the threads are done.
    package func stop() {
        state.withLock { $0.isStopped = true }
        _ = state.wait(within: .seconds(10)) { $0.threads == 0 ? true : nil }
    }

    private func start(_ body: @escaping @Sendable (Worker) -> Void) {
        let worker = Worker(listener: listener, target: target, state: state)
        worker.start(body)
    }

    /// The threads hold this, not the relay, so that it can be let go.
    private struct Worker: Sendable {
        let listener: Int32
        let target: UInt16
        let state: Monitor<State>

        func start(_ body: @escaping @Sendable (Worker) -> Void) {
            state.withLock { $0.threads += 1 }
            Thread.detachNewThread {
                body(self)
                state.withLock { $0.threads -= 1 }
            }
        }

        func accept() {
            while !state.withLock({ $0.isStopped }) {
                guard Socket.isReadable(listener, within: 5) else { continue }
                let client = Glibc.accept(listener, nil, nil)
                guard client >= 0 else { continue }
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                let number = state.withLock { state in
                    state.connections += 1
                    state.known[state.connections] = state.changes
                    return state.connections
                }
                start { worker in
                    worker.serve(client, number)
                    state.withLock { $0.known[number] = nil }
                }
            }
        }

        private func serve(_ client: Int32, _ number: Int) {
            defer { close(client) }
            guard let server = try? LoopbackSocket.connected(to: target) else { return }
            defer { close(server) }
            var fromServer = 0
            while true {
                let (mode, isStopped) = state.withLock { state in
                    state.known[number] = state.changes
                    return (state.mode, state.isStopped)
                }
                if isStopped { return }
                switch mode {
                case .open: break
                case .resetting: return Socket.resetOnClose(client)
                case .closing(let limit) where fromServer >= limit: return
                case .closing: break
                case .stalled:
                    poll(nil, 0, 2)
                    continue
                }
                if Socket.isReadable(client, within: 1), pass(from: client, to: server) == nil {
                    return
                }
                if Socket.isReadable(server, within: 1) {
                    guard let count = pass(from: server, to: client) else { return }
                    fromServer += count
                }
            }
        }

        private func pass(from source: Int32, to target: Int32) -> Int? {
            var piece = [UInt8](repeating: 0, count: 1 << 14)
            let count = recv(source, &piece, piece.count, 0)
            return count > 0 && Socket.sendAll(piece[..<count], to: target) ? count : nil
        }
    }
}
