internal import Glibc

/// TCP sockets on 127.0.0.1, closed when another program is executed.
package enum LoopbackSocket {
    /// A socket bound to `port`; 0 means any free one.
    static func bound(
        to port: UInt16 = 0, address name: String = "127.0.0.1"
    ) throws -> (descriptor: Int32, port: UInt16) {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        // What is accepted inherits it.
        Socket.sendAtOnce(descriptor)
        var isOn: Int32 = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        var address = address(port)
        inet_pton(AF_INET, name, &address.sin_addr)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withSocketAddress(&address) { bind(descriptor, $0, length) }
        guard status == 0 else {
            defer { close(descriptor) }
            throw SystemError("bind to port \(port)")
        }
        var actualLength = length
        _ = withSocketAddress(&address) { getsockname(descriptor, $0, &actualLength) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Whether somebody accepts connections on the port.
    package static func isListening(_ port: UInt16) -> Bool {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = address(port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withSocketAddress(&address) { connect(descriptor, $0, length) } == 0
    }

    /// A socket that is connected to the port.
    static func connected(to port: UInt16) throws -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        Socket.sendAtOnce(descriptor)
        var address = address(port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withSocketAddress(&address, { connect(descriptor, $0, length) }) == 0 else {
            defer { close(descriptor) }
            throw SystemError("connect to port \(port)")
        }
        return descriptor
    }

    /// A socket that has begun to connect, and whether it has come to an end in so many
    /// milliseconds.
    static func connecting(
        to port: UInt16, address name: String, within milliseconds: Int32
    ) throws -> (descriptor: Int32, isConnected: Bool) {
        let flags = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_INET, Int32(flags), 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        var address = address(port)
        inet_pton(AF_INET, name, &address.sin_addr)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withSocketAddress(&address) { connect(descriptor, $0, length) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return (descriptor, poll(&entry, 1, milliseconds) > 0)
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: the system's own layouts; the pointer lives for the call.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}

/// A port that nobody listens on, kept from others while this value lives: connecting to it is
/// refused at once, and a server that sets SO_REUSEADDR (as Go's do) can still take it.
package final class HeldPort: Sendable {
    package let number: UInt16
    private let descriptor: Int32

    package init() throws {
        (descriptor, number) = try LoopbackSocket.bound()
    }

    deinit {
        close(descriptor)
    }
}
