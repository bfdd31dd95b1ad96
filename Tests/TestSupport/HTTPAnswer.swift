/// What the scripted collector writes: a response, whole or spoilt on purpose.
package struct HTTPAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How often the body is written.
    package var repetitions = 1
    /// What `Content-Length` says, if not the truth.
    package var declaredLength: Int?
    /// Wait before each byte; zero writes everything at once.
    package var pause = Duration.zero

    package init(
        _ status: Int, headers: [(name: String, value: String)] = [], body: String = "{}"
    ) {
        self.status = status
        self.headers = headers
        self.body = Array(body.utf8)
    }

    /// Interim answers and "No Content" have none.
    var hasBody: Bool { status >= 200 && status != 204 }

    /// The status line and the headers.
    var head: [UInt8] {
        var lines = ["HTTP/1.1 \(status) Scripted"]
        lines += headers.map { "\($0.name): \($0.value)" }
        if hasBody {
            if !headers.contains(where: { $0.name == "Content-Type" }) {
                lines.append("Content-Type: application/json")
            }
            lines.append("Content-Length: \(declaredLength ?? body.count * repetitions)")
        }
        return Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
    }
}
