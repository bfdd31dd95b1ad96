/// The text format that a client wants for a page (Prometheus: *content negotiation*).
struct PrometheusFormat: Sendable, Equatable {
    enum Syntax: Sendable, Equatable {
        /// Exposition format 0.0.4, or 1.0.0, which is the same with names in quotes.
        case text(version: String)
        /// OpenMetrics 1.0.0, or 0.0.1, which older clients ask for.
        case openMetrics(version: String)
    }

    var syntax: Syntax
    var escaping = PrometheusEscaping.underscores
    /// Whether the client named the escaping scheme, so that the response has to name it too.
    private var namesEscaping = false

    /// The format for clients that can't read any other, or don't say what they can read.
    static let plain = PrometheusFormat(.text(version: "0.0.4"))
    /// The number of media ranges of an `Accept` header that are considered. A browser sends ten.
    private static let maximumRanges = 32

    init(_ syntax: Syntax) {
        self.syntax = syntax
    }

    /// Chooses the format that the client prefers: the one with the greatest `q`, or the first of
    /// several. If it names none that is supported, `plain` is used instead of an error, as
    /// Prometheus demands.
    ///
    /// - Parameter accept: the `Accept` header of the request, or nil if it has none.
    init(accept: String?) {
        var best = (format: Self.plain, quality: 0.0)
        let ranges = (accept ?? "").split(separator: ",", maxSplits: Self.maximumRanges)
        for range in ranges.prefix(Self.maximumRanges) {
            let media = MediaRange(range)
            if media.quality > best.quality, let format = Self(media) {
                best = (format, media.quality)
            }
        }
        self = best.format
    }

    /// Nil if the media type or its version is not supported.
    private init?(_ media: MediaRange) {
        let version = media.parameters["version"]
        switch (media.type, version) {
        case ("application/openmetrics-text", "1.0.0"), ("application/openmetrics-text", "0.0.1"):
            self.init(.openMetrics(version: version ?? ""))
        case ("application/openmetrics-text", nil):
            self.init(.openMetrics(version: "1.0.0"))
        case ("text/plain", "0.0.4"), ("text/plain", "1.0.0"):
            self.init(.text(version: version ?? ""))
        case ("text/plain", nil), ("text/*", _), ("*/*", _):
            self = .plain
        default: return nil
        }
        if let escaping = media.parameters["escaping"].flatMap(PrometheusEscaping.init) {
            self.escaping = escaping
            namesEscaping = true
        }
    }

    var isOpenMetrics: Bool {
        if case .openMetrics = syntax { true } else { false }
    }

    /// The `Content-Type` header of the response.
    var contentType: String {
        let type =
            switch syntax {
            case .text(let version): "text/plain; version=\(version); charset=utf-8"
            case .openMetrics(let version):
                "application/openmetrics-text; version=\(version); charset=utf-8"
            }
        return namesEscaping ? "\(type); escaping=\(escaping.rawValue)" : type
    }
}

/// One of the media types of an `Accept` header (RFC 9110, section 12.5.1).
private struct MediaRange {
    let type: String
    let parameters: [String: String]

    init(_ text: Substring) {
        let parts = text.split(separator: ";").map { Self.trimmed($0).lowercased() }
        type = parts.first ?? ""
        let pairs = parts.dropFirst().compactMap { part -> (String, String)? in
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            let value = Self.trimmed(pair[1]).filter { $0 != "\"" }
            return (Self.trimmed(pair[0]), value)
        }
        parameters = Dictionary(pairs) { first, _ in first }
    }

    /// 1 if no quality is given, and 0 if it is not a number from 0 to 1.
    var quality: Double {
        guard let text = parameters["q"] else { return 1 }
        guard let value = Double(text), (0...1).contains(value) else { return 0 }
        return value
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
