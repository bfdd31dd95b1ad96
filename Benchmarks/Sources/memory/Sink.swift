import Glibc

/// A loopback server that reads requests to their end and answers each with 200.
final class Sink: Sendable {
    private let listener: Int32
    let endpoint: String

    init?() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isListening else { return nil }
        listener = descriptor
        endpoint = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1/metrics"
        var thread = pthread_t()
        // SAFETY: the thread lives as long as the process, and so does what it holds.
        pthread_create(&thread, nil, serveConnections, Unmanaged.passRetained(self).toOpaque())
    }

    fileprivate func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            while answerOne(connection) {}
            close(connection)
        }
    }

    /// Reads one request; false at the end of the connection.
    private func answerOne(_ connection: Int32) -> Bool {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            var byte: UInt8 = 0
            guard read(connection, &byte, 1) == 1 else { return false }
            head.append(byte)
        }
        var missing = Self.length(String(decoding: head, as: UTF8.self))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while missing > 0 {
            let got = read(connection, &buffer, min(missing, buffer.count))
            guard got > 0 else { return false }
            missing -= got
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
        return write(connection, answer, answer.utf8.count) == answer.utf8.count
    }

    private static func length(_ head: String) -> Int {
        for line in head.split(separator: "\r\n")
        where line.lowercased().hasPrefix("content-length:") {
            return Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
        }
        return 0
    }
}

private func serveConnections(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<Sink>.fromOpaque(argument).takeUnretainedValue().serve() }
    return nil
}
