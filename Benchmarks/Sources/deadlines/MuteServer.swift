import Glibc

/// A port that takes connections and requests, and never says a word.
final class MuteServer {
    /// The longest that a request is waited for, in milliseconds.
    private static let patience: Int32 = 10_000

    private let listener: Int32
    private let port: UInt16

    /// Nil if the system gives no socket.
    init?() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        listener = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)/v1/metrics" }

    /// The next connection, once a request has begun to arrive; the caller closes it.
    func acceptRequest() -> Int32? {
        guard Self.isReadable(listener) else { return nil }
        let connection = accept(listener, nil, nil)
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
