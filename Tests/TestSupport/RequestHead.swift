/// The request line and the headers of an HTTP/1.1 request.
struct RequestHead {
    let method: String
    let target: String
    let headers: [(name: String, value: String)]

    /// Nil if this is no HTTP/1.1 request with a plain `Content-Length` or without a body.
    init?(_ bytes: ArraySlice<UInt8>) {
        // Split as bytes: to Swift, CR and LF are one character.
        var lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
            String(
                decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        guard !lines.isEmpty else { return nil }
        let words = lines.removeFirst().split(separator: " ")
        guard words.count == 3, words[2] == "HTTP/1.1" else { return nil }
        method = String(words[0])
        target = String(words[1])
        headers = lines.filter { !$0.isEmpty }.map { line in
            let name = line.prefix { $0 != ":" }
            let value = line.dropFirst(name.count + 1).drop { $0 == " " }
            return (String(name), String(value))
        }
        let isChunked = headers.contains { $0.name.lowercased() == "transfer-encoding" }
        guard !isChunked, contentLength >= 0 else { return nil }
    }

    var contentLength: Int {
        let length = headers.first { $0.name.lowercased() == "content-length" }
        return length.map { Int($0.value) ?? -1 } ?? 0
    }
}
