/// What must not be shown, wherever options are printed.
enum Redaction {
    /// Stands for what is left out.
    static let mark = "[redacted]"

    /// Parts of names whose values are secrets.
    private static let secretNames = [
        "token", "secret", "password", "passwd", "passphrase", "credential", "authorization",
        "apikey", "api_key", "api-key", "api.key", "accesskey", "access_key", "access-key",
        "private_key", "private-key", "privatekey", "cookie", "session_key",
    ]

    /// Beginnings of values that are secrets, whatever their name: schemes of authentication, JSON
    /// web tokens, keys of well-known services, PEM.
    private static let secretBeginnings = [
        "bearer ", "basic ", "eyj", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "glsa_",
        "glc_",
        "xoxb-", "xoxp-", "sk-", "akia", "dt0c01.", "nrak-", "-----begin",
    ]

    /// The value, or the mark if it is a secret by its name or its looks; credentials of a URL
    /// within it are left out. A list of names and values is its own name.
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

    /// The text with `user:password@` behind `//` replaced, wherever it stands.
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
