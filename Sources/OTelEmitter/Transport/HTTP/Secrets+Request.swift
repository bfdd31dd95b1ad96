/// The secrets of requests, in all forms in which a receiver may repeat them.
extension Secrets {
    /// The shortest part of a value that is hidden, in bytes. Shorter parts are names and common
    /// words.
    private static let shortestPart = 6

    /// Collects the secrets of requests.
    ///
    /// - Parameters:
    ///   - url: the URL of the requests. The values in its query are secrets.
    ///   - credentials: `user:password` as in a URL, for the server and for proxies.
    ///   - hidesUsers: whether to hide a user's name even without the password. It may be a common
    ///     word, so the emitter's own texts don't hide it.
    init(headers: [HTTPHeader], url: String, credentials: [String], hidesUsers: Bool = true) {
        let values = headers.flatMap { Self.forms(ofHeader: $0.value, hidesUsers) }
        let pairs = credentials.flatMap { Self.forms(ofCredentials: $0, hidesUsers) }
        self.init(values + Self.forms(ofQuery: url) + pairs)
    }

    /// The value with and without the scheme before it, such as `Bearer `, and the parts of both.
    private static func forms(ofHeader value: String, _ hidesUsers: Bool) -> [String] {
        let value = value.trimmingWhitespace
        guard let space = value.firstIndex(of: " ") else { return [value] + parts(of: value) }
        let token = String(value[space...]).trimmingWhitespace
        let forms = [value, token] + parts(of: value) + parts(of: token)
        guard value[..<space].lowercased() == "basic",
            let pair = Base64.decode(Array(token.utf8))
        else { return forms }
        return forms + parts(ofPair: String(decoding: pair, as: UTF8.self), hidesUsers)
    }

    /// The parts into which a receiver may split a value: the elements of a list, such as cookies,
    /// and both sides of each `=`, without quotation marks.
    private static func parts(of value: String) -> [String] {
        value.split { $0 == ";" || $0 == "," }.flatMap { element in
            let behind = element.firstIndex(of: "=").map { element[element.index(after: $0)...] }
            return [element] + [behind].compactMap { $0 } + element.split(separator: "=")
        }.map { String($0).trimmingWhitespace.withoutQuotationMarks }
            .filter { $0.utf8.count >= shortestPart }
    }

    /// The credentials as they are in the URL, decoded, and as in the `Authorization` header.
    private static func forms(ofCredentials text: String, _ hidesUsers: Bool) -> [String] {
        guard !text.isEmpty else { return [] }
        let pair = text.percentDecoded ?? text
        let user = pair.contains(":") ? pair : pair + ":"
        return parts(ofPair: text, hidesUsers) + parts(ofPair: pair, hidesUsers)
            + [Base64.encode(Array(user.utf8))]
    }

    /// The pair and its two parts. A user without a password may be a token.
    private static func parts(ofPair pair: String, _ hidesUsers: Bool) -> [String] {
        let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
        return [pair] + (hidesUsers ? parts : parts.suffix(1))
    }

    private static func forms(ofQuery url: String) -> [String] {
        let query = url.drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").flatMap { part in
            let value = part.firstIndex(of: "=").map { part[part.index(after: $0)...] } ?? part
            let text = String(value)
            return [text, text.percentDecoded].compactMap { $0 }
        }
    }
}

extension String {
    /// The text without quotation marks, if it has them at both ends.
    fileprivate var withoutQuotationMarks: String {
        let hasBoth = utf8.count > 1 && hasPrefix("\"") && hasSuffix("\"")
        return hasBoth ? String(dropFirst().dropLast()) : self
    }
}
