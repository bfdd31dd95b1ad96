import Glibc
import Measuring

/// A port that takes connections and requests, and never says a word.
final class MuteServer {
    /// The longest that a request is waited for, in milliseconds.
    private static let patience: Int32 = 10_000

    private let listener: LoopbackListener

    /// Nil if the system gives no socket.
    init?() {
        guard let listener = LoopbackListener() else { return nil }
        self.listener = listener
    }

    var url: String { listener.url }

    /// The next connection, once a request has begun to arrive; the caller closes it.
    func acceptRequest() -> Int32? {
        guard Self.isReadable(listener.descriptor) else { return nil }
        let connection = accept(listener.descriptor, nil, nil)
        guard connection >= 0 else { return nil }
        var byte: UInt8 = 0
        guard Self.isReadable(connection), recv(connection, &byte, 1, 0) == 1 else {
            close(connection)
            return nil
        }
        return connection
    }

    private static func isReadable(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, patience) == 1
    }
}
