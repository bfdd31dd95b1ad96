/// The secrets of requests, in the forms in which a receiver may repeat them.
extension Secrets {
    /// Bytes that a part of a value has to have: shorter ones are names and common words.
    private static let shortestPart = 6

    /// - Parameters:
    ///   - url: where requests go; the values of its query count.
    ///   - credentials: `user:password` as URLs have it, of the server and of proxies.
    ///   - hidesUsers: whether a user's name counts without the password, too. It may be a common
    ///     word, so texts of our own are spared that.
    init(headers: [HTTPHeader], url: String, credentials: [String], hidesUsers: Bool = true) {
        let values = headers.flatMap { Self.forms(ofHeader: $0.value, hidesUsers) }
        let pairs = credentials.flatMap { Self.forms(ofCredentials: $0, hidesUsers) }
        self.init(values + Self.forms(ofQuery: url) + pairs)
    }

    /// The value, without the scheme in front, such as `Bearer `, and its parts.
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

    /// What a receiver may take a value apart into: the elements of a list, such as of cookies, and
    /// the sides of each `=`, without quotation marks.
    private static func parts(of value: String) -> [String] {
        value.split { $0 == ";" || $0 == "," }.flatMap { element in
            let behind = element.firstIndex(of: "=").map { element[element.index(after: $0)...] }
            return [element] + [behind].compactMap { $0 } + element.split(separator: "=")
        }.map { String($0).trimmingWhitespace.withoutQuotationMarks }
            .filter { $0.utf8.count >= shortestPart }
    }

    /// As the URL has them, decoded, and as the header that is made of them.
    private static func forms(ofCredentials text: String, _ hidesUsers: Bool) -> [String] {
        guard !text.isEmpty else { return [] }
        let pair = text.percentDecoded ?? text
        let user = pair.contains(":") ? pair : pair + ":"
        return parts(ofPair: text, hidesUsers) + parts(ofPair: pair, hidesUsers)
            + [Base64.encode(Array(user.utf8))]
    }

    /// A user without a password may be a token.
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
    /// Without quotation marks at both ends.
    fileprivate var withoutQuotationMarks: String {
        let hasBoth = utf8.count > 1 && hasPrefix("\"") && hasSuffix("\"")
        return hasBoth ? String(dropFirst().dropLast()) : self
    }
}
