internal import JSONText

/// What an accepting receiver says of data points that it refused all the same (checklist B15): never
/// a reason to send them again.
struct PartialSuccess: Sendable, Equatable {
    /// Data points refused; 0 if none were, or if the receiver's number makes no sense.
    var rejected = 0
    /// What the receiver says, made fit for a line of text.
    var message: String?
    /// Whether the number makes no sense, or the answer is of no OTLP receiver.
    var isDoubtful = false

    /// What a response with a 2xx status says.
    static func of(_ response: HTTPResponse) -> PartialSuccess {
        if CollectorText.isHTML(response) {
            return PartialSuccess(
                message: "the answer is a page of HTML: is this an OTLP receiver?",
                isDoubtful: true)
        }
        guard let body = CollectorText.object(response.body),
            let partial = body["partialSuccess"], partial.members != nil
        else { return PartialSuccess() }
        var answer = PartialSuccess()
        if let text = partial["errorMessage"]?.text, !text.isEmpty {
            answer.message = CollectorText.shown(text)
        }
        switch partial["rejectedDataPoints"] {
        case nil, .null?: break
        case .some(let value):
            if let number = value.integer, number >= 0, let count = Int(exactly: number) {
                answer.rejected = count
            } else {
                answer.isDoubtful = true
            }
        }
        return answer
    }
}

/// Text of a receiver, made fit to be shown.
enum CollectorText {
    /// Bytes of a message that are shown.
    static let shownBytes = 1024
    /// Bytes of a body that are looked at as JSON.
    private static let readBytes = 64 << 10

    /// What the body of an error says: `message` of a `google.rpc.Status`, or a short plain text.
    static func message(of response: HTTPResponse) -> String? {
        if let text = object(response.body)?["message"]?.text, !text.isEmpty {
            return shown(text)
        }
        guard response.headers.contentType?.lowercased().hasPrefix("text/plain") == true else {
            return nil
        }
        let text = shown(String(decoding: response.body.prefix(shownBytes), as: UTF8.self))
        return text.isEmpty ? nil : text
    }

    /// A text on one line, without control characters, of `shownBytes` at most.
    static func shown(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            if shown.utf8.count + UTF8.width(scalar) > shownBytes { return shown + "…" }
            let category = scalar.properties.generalCategory
            let breaks =
                category == .control || category == .lineSeparator
                || category == .paragraphSeparator
            shown.unicodeScalars.append(breaks ? " " : scalar)
        }
        return shown.trimmingWhitespace
    }

    static func isHTML(_ response: HTTPResponse) -> Bool {
        response.headers.contentType?.lowercased().hasPrefix("text/html") == true
    }

    static func object(_ body: [UInt8]) -> JSONValue? {
        guard body.count <= readBytes, body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
            return nil
        }
        // A body that is no JSON says nothing; the status alone decides.
        return try? JSONReader.parse(body)
    }
}
