import Glibc
import Synchronization

/// A collector that keeps an emitter in the midst of a transfer, for one process.
///
/// It listens on a free port, and has a thread of its own until `end`.
final class StallingSink: Sendable {
    enum Manner: String, CaseIterable {
        /// It reads everything and never answers.
        case mute
        /// It reads a little at a time, less than is sent.
        case slow
        /// The same as `mute`, but to who begins a TLS handshake.
        case handshake
    }

    /// What came until the process ended.
    struct Tally {
        var connections = 0
        var bytes = 0
    }

    /// What the system takes in unread: less than a request.
    private static let unreadBytes: Int32 = 4096
    /// What `slow` reads in a millisecond.
    private static let slowBytes = 1024

    let port: UInt16
    private let manner: Manner
    private let listener: Int32
    private let stop = Loopback.pipe()
    private let tally = Mutex(Tally())
    private let thread = Mutex<pthread_t?>(nil)

    init(_ manner: Manner) {
        self.manner = manner
        (listener, port) = Loopback.listen(
            receiveBytes: manner == .slow ? Self.unreadBytes : nil)
        let started = Threads.start { [self] in serve() }
        thread.withLock { $0 = started }
    }

    deinit {
        for file in [listener, stop.read, stop.write] { close(file) }
    }

    /// Ends the thread and says what it has seen.
    func end() -> Tally {
        Loopback.signal(stop.write)
        thread.withLock(\.self).map(Threads.join)
        return tally.withLock(\.self)
    }

    private func serve() {
        while !Loopback.readable(listener, stop.read).contains(stop.read) {
            let descriptor = Loopback.accept(listener)
            guard descriptor >= 0 else { continue }
            tally.withLock { $0.connections += 1 }
            read(descriptor)
            close(descriptor)
        }
    }

    /// Reads until the connection ends, or the sink.
    private func read(_ descriptor: Int32) {
        let isSlow = manner == .slow
        var piece = [UInt8](repeating: 0, count: isSlow ? Self.slowBytes : 1 << 16)
        while !Loopback.readable(descriptor, stop.read).contains(stop.read) {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { return }
            tally.withLock { $0.bytes += count }
            if isSlow, !Loopback.readable(stop.read, within: 1).isEmpty { return }
        }
    }
}
