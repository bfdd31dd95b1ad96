/// Hides secrets wherever options are printed.
enum Redaction {
    /// Replaces what is hidden.
    static let mark = "[redacted]"

    /// If a name contains one of these, its value is a secret.
    private static let secretNames = [
        "token", "secret", "password", "passwd", "passphrase", "credential", "authorization",
        "apikey", "api_key", "api-key", "api.key", "accesskey", "access_key", "access-key",
        "private_key", "private-key", "privatekey", "cookie", "session_key",
    ]

    /// If a value begins with one of these, it is a secret, whatever its name is. They are
    /// authentication schemes, JSON web tokens, keys of well-known services, and PEM.
    private static let secretBeginnings = [
        "bearer ", "basic ", "eyj", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "glsa_",
        "glc_",
        "xoxb-", "xoxp-", "sk-", "akia", "dt0c01.", "nrak-", "-----begin",
    ]

    /// Returns the value, or the mark if its name or its beginning shows that it is a secret.
    /// Credentials of a URL inside the value are hidden as well. For a list of names and values,
    /// pass the list as the name too.
    static func shown(_ value: String, of name: String) -> String {
        let (name, text) = (name.lowercased(), value.lowercased())
        let isSecret =
            secretNames.contains { name.contains($0) }
            || secretBeginnings.contains { text.hasPrefix($0) }
        return isSecret ? mark : withoutCredentials(value)
    }

    /// A URL without user, password, query and fragment.
    static func place(_ url: String) -> String {
        let place = url.prefix { $0 != "?" && $0 != "#" }
        guard let slashes = place.firstRange(of: "//") else { return String(place) }
        let authority = place[slashes.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(place) }
        return String(place[..<slashes.upperBound] + place[place.index(after: at)...])
    }

    /// The text with every `user:password@` after `//` replaced.
    static func withoutCredentials(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.indices.first(where: { rest[$0...].hasPrefix("//") }) {
            let authority = rest[start...].dropFirst(2).prefix { !"/?# \t".contains($0) }
            guard let at = authority.lastIndex(of: "@") else {
                result += rest[..<authority.endIndex]
                rest = rest[authority.endIndex...]
                continue
            }
            result += rest[..<authority.startIndex] + mark
            rest = rest[at...]
            let host = rest.prefix { !"/?# \t".contains($0) }
            result += host
            rest = rest[host.endIndex...]
        }
        return result + rest
    }
}
