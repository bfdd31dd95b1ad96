import CProbe
import Glibc

/// Sockets of 127.0.0.1 and pipes, none of which a child process inherits.
enum Loopback {
    /// Listens on a free port.
    ///
    /// - Parameter receiveBytes: what the system may take in before anybody reads; nil: as it likes.
    static func listen(receiveBytes: Int32? = nil) -> (descriptor: Int32, port: UInt16) {
        let listener = check("socket", socket(AF_INET, type, 0))
        if var receiveBytes {
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &receiveBytes, size)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return -1
            }
            guard bind(listener, name, size) == 0, Glibc.listen(listener, 64) == 0 else {
                return -1
            }
            return getsockname(listener, name, &size)
        }
        _ = check("bind", status)
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    static func accept(_ listener: Int32) -> Int32 {
        probe_accept(listener)
    }

    static func pipe() -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = check("pipe2", probe_pipe(&ends))
        return (ends[0], ends[1])
    }

    /// Waits until one of the descriptors can be read; those that can.
    ///
    /// - Parameter limit: in milliseconds; negative: for as long as it takes.
    static func readable(_ descriptors: Int32..., within limit: Int32 = -1) -> Set<Int32> {
        var waits = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&waits, nfds_t(waits.count), limit) < 0 {
            if errno != EINTR { return [] }
        }
        return Set(waits.filter { $0.revents != 0 }.map(\.fd))
    }

    /// One byte, which wakes who waits for the other end.
    static func signal(_ pipe: Int32) {
        var byte: UInt8 = 1
        while write(pipe, &byte, 1) < 0, errno == EINTR {}
    }

    private static let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    /// Without sockets there is nothing to see.
    private static func check(_ call: String, _ answer: Int32) -> Int32 {
        guard answer >= 0 else {
            Output.complain("endurance: \(call): \(String(cString: strerror(errno)))", status: 1)
        }
        return answer
    }
}
