internal import Glibc

/// TCP sockets on 127.0.0.1. All of them are non-blocking.
enum LoopbackSocket {
    static let backlog: Int32 = 64

    /// Listens on `port`, or on any free port if it is 0. Returns the port as well.
    static func listen(
        port: UInt16
    ) throws(SystemCallError) -> (socket: OwnedDescriptor, port: UInt16) {
        let socket = try make()
        setFlag(SO_REUSEADDR, level: SOL_SOCKET, of: socket)
        var address = address(port: port)
        let bound = withSocketAddress(&address) { bind(socket.value, $0, $1) }
        guard bound == 0 else { throw SystemCallError("bind 127.0.0.1:\(port)") }
        guard Glibc.listen(socket.value, backlog) == 0 else { throw SystemCallError("listen") }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = withSocketAddress(&address) { pointer, _ in
            getsockname(socket.value, pointer, &length)
        }
        guard named == 0 else { throw SystemCallError("getsockname") }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// Accepts a connection. Nil if none is waiting.
    static func accept(from listener: OwnedDescriptor) -> OwnedDescriptor? {
        let descriptor = Glibc.accept(listener.value, nil, nil)
        guard descriptor >= 0 else { return nil }
        let socket = OwnedDescriptor(descriptor)
        guard (try? socket.makeNonBlocking()) != nil else { return nil }
        setFlag(Int32(TCP_NODELAY), level: Int32(IPPROTO_TCP), of: socket)
        return socket
    }

    /// Starts to connect. The socket becomes writable once that has succeeded or failed.
    static func connect(port: UInt16) throws(SystemCallError) -> OwnedDescriptor {
        let socket = try make()
        setFlag(Int32(TCP_NODELAY), level: Int32(IPPROTO_TCP), of: socket)
        var address = address(port: port)
        let result = withSocketAddress(&address) { Glibc.connect(socket.value, $0, $1) }
        guard result == 0 || errno == EINPROGRESS || errno == EINTR else {
            throw SystemCallError("connect 127.0.0.1:\(port)")
        }
        return socket
    }

    /// The error with which a connection attempt ended; 0 for none.
    static func pendingError(of socket: OwnedDescriptor) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = getsockopt(socket.value, SOL_SOCKET, SO_ERROR, &code, &length)
        return result == 0 ? code : errno
    }

    private static func make() throws(SystemCallError) -> OwnedDescriptor {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallError("socket") }
        let socket = OwnedDescriptor(descriptor)
        try socket.makeNonBlocking()
        return socket
    }

    /// Sets a flag. These flags only affect speed, so a failure is ignored.
    private static func setFlag(_ option: Int32, level: Int32, of socket: OwnedDescriptor) {
        var enabled: Int32 = 1
        setsockopt(
            socket.value, level, option, &enabled, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        // SAFETY: `sockaddr_in` is the IPv4 form of `sockaddr`; the pointer lives for the call.
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
