import Glibc

/// One connection to a sink: reads requests and answers them, as far as an emitter's go.
struct SinkConnection {
    struct Request {
        /// Such as `/runs/7`.
        let target: String
        let body: ArraySlice<UInt8>
    }

    private static let blankLine = Array("\r\n\r\n".utf8)
    private static let accepted = Array(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}".utf8)

    private let descriptor: Int32
    private var unread: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next whole request; nil if the connection ends before.
    mutating func next() -> Request? {
        while true {
            if let headEnd = unread.firstRange(of: Self.blankLine)?.upperBound {
                let head = String(decoding: unread[..<headEnd], as: UTF8.self)
                let end = headEnd + Self.length(head)
                while unread.count < end { guard receive() else { return nil } }
                let words = head.split(separator: " ", maxSplits: 2)
                defer { unread.removeFirst(end) }
                return Request(
                    target: words.count > 1 ? String(words[1]) : "", body: unread[headEnd..<end])
            }
            guard receive() else { return nil }
        }
    }

    /// Takes the request.
    func accept() {
        var rest = Self.accepted[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private mutating func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        unread += piece[..<count]
        return true
    }

    private static func length(_ head: String) -> Int {
        let line = head.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-length:")
        }
        return line.flatMap { Int($0.drop { !$0.isNumber }) } ?? 0
    }
}
