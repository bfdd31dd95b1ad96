internal import JSONText

/// Text of a receiver, made fit to be shown: on one line, cut, and without the secrets of requests.
package enum CollectorText {
    /// Bytes of a message that are shown.
    package static let shownBytes = 1024
    /// Bytes of a message that are looked at.
    private static let readBytes = 64 << 10

    /// What the body of an error says: `message` of a `google.rpc.Status`, or a short plain text.
    package static func message(of response: HTTPResponse) -> String? {
        if let text = object(response)?["message"]?.text, !text.isEmpty {
            return shown(text, of: response)
        }
        guard hasType("text/plain", response) else { return nil }
        let text = shown(response.body, isCut: !response.isBodyComplete, of: response)
        return text.isEmpty ? nil : text
    }

    /// What is taken from a response may be shown only like this.
    package static func shown(_ text: String, of response: HTTPResponse) -> String {
        shown(Array(text.utf8), isCut: false, of: response)
    }

    /// - Parameter isCut: whether the text went on.
    private static func shown(
        _ text: [UInt8], isCut: Bool, of response: HTTPResponse
    ) -> String {
        let start = String(decoding: text.prefix(readBytes), as: UTF8.self)
        let isCut = isCut || text.count > readBytes
        return shown(response.secrets.hidden(in: start, isCut: isCut))
    }

    /// A text on one line, without control characters, of `shownBytes` at most.
    package static func shown(_ text: String) -> String {
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

    /// Whether the body is of a media type, whatever its parameters.
    package static func hasType(_ type: String, _ response: HTTPResponse) -> Bool {
        response.headers.contentType?.lowercased().hasPrefix(type) == true
    }

    /// The body as a JSON object; nil if it is none, or too large a one.
    static func object(_ response: HTTPResponse) -> JSONValue? {
        let limits = JSONReader.Limits(bytes: response.body.count)
        // A body that is no JSON says nothing of a failure; the status alone decides.
        guard let value = try? JSONReader.parse(response.body, limits: limits),
            value.members != nil
        else { return nil }
        return value
    }
}
