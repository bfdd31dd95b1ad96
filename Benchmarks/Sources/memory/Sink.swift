import Glibc
import Measuring

/// A loopback server that reads requests to their end and answers each with 200.
final class Sink: Sendable {
    private let listener: LoopbackListener

    init?() {
        guard let listener = LoopbackListener() else { return nil }
        self.listener = listener
        var thread = pthread_t()
        // SAFETY: the thread lives as long as the process, and so does what it holds.
        pthread_create(&thread, nil, serveConnections, Unmanaged.passRetained(self).toOpaque())
    }

    var endpoint: String { listener.url }

    fileprivate func serve() {
        while true {
            let connection = accept(listener.descriptor, nil, nil)
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
