internal import Glibc

/// Questions to servers on 127.0.0.1, by HTTP/1.0: no answer comes in chunks.
package enum LoopbackHTTP {
    package struct Answer: Sendable {
        package let status: Int
        /// By names in lower case.
        package let headers: [String: String]
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The longest that a server may be silent.
    private static let silence = Duration.seconds(60)

    /// - Parameters:
    ///   - target: path and query, with escapes.
    ///   - method: `GET`, or another one without content.
    package static func get(
        _ target: String, port: UInt16, accept: String? = nil, method: String = "GET"
    ) throws -> Answer {
        let descriptor = try LoopbackSocket.connected(to: port)
        defer { close(descriptor) }
        var lines = ["\(method) \(target) HTTP/1.0", "Host: 127.0.0.1:\(port)"]
        if let accept { lines.append("Accept: \(accept)") }
        let request = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
        guard Socket.sendAll(request[...], to: descriptor) else { throw SystemError("send") }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let milliseconds = Int32(silence.components.seconds * 1000)
            guard Socket.isReadable(descriptor, within: milliseconds) else {
                throw SystemError(text: "port \(port) does not answer \(target)")
            }
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count >= 0 else { throw SystemError("recv") }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return try answer(bytes)
    }

    /// A text with everything escaped that means something in a query.
    package static func escaped(_ text: String) -> String {
        let plain = Set("-._~".utf8)
        return text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isLetter = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            if byte < 0x80, isLetter || plain.contains(byte) { return String(scalar) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" + digits : digits)
        }.joined()
    }

    private static func answer(_ bytes: [UInt8]) throws -> Answer {
        let end: [UInt8] = [13, 10, 13, 10]
        let start = bytes.indices.first { bytes[$0...].starts(with: end) }
        guard let start else { throw SystemError(text: "an answer without a head") }
        let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        guard let status else { throw SystemError(text: "an answer without a status") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        return Answer(status: status, headers: headers, body: Array(bytes[(start + end.count)...]))
    }
}
