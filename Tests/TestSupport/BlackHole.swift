internal import Glibc

/// A port that answers nothing: whoever connects waits, as behind a firewall that drops packets.
package final class BlackHole: Sendable {
    package let port: UInt16
    private let listener: Int32
    /// Connections that fill the listener's queue.
    private let fillers: [Int32]

    package init(on address: String = "127.0.0.1", port: UInt16 = 0) throws {
        let (listener, port) = try LoopbackSocket.bound(to: port, address: address)
        guard listen(listener, 0) == 0 else { throw SystemError("listen") }
        self.listener = listener
        self.port = port
        var fillers: [Int32] = []
        // The queue is full once a connection does not come about any more.
        for _ in 0..<16 {
            let (filler, isConnected) = try LoopbackSocket.connecting(
                to: port, address: address, within: 100)
            fillers.append(filler)
            if !isConnected { break }
        }
        self.fillers = fillers
    }

    deinit {
        fillers.forEach { close($0) }
        close(listener)
    }
}
