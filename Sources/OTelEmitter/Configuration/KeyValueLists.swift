internal import Instruments

/// `key=value` pairs of header variables (checklist B8): one that can't be used is reported and
/// left out, without its value.
enum HeaderList {
    /// More headers than this are left out.
    static let maximumCount = 64

    static func parse(
        _ variable: EnvironmentVariable, _ reader: inout EnvironmentReader
    ) -> [HTTPHeader] {
        guard let text = reader.text(variable) else { return [] }
        var headers: [HTTPHeader] = []
        let pairs = text.split(separator: ",", omittingEmptySubsequences: false)
        for (index, pair) in pairs.enumerated()
        where !String(pair).trimmingWhitespace.isEmpty {
            guard let (key, value) = KeyValuePair.split(pair), let value = value.percentDecoded,
                let header = HTTPHeader(key, value), headers.count < maximumCount
            else {
                // Nothing of the text is shown: what looks like a name may be part of a secret, as
                // in `api-key: secret` or behind a comma that is not encoded.
                reader.reject(
                    variable, nil,
                    "header number \(index + 1) is left out; use name=value pairs,"
                        + " comma-separated, with percent-encoded values")
                continue
            }
            headers.removeAll { $0.name.lowercased() == key.lowercased() }
            headers.append(header)
        }
        return headers
    }
}

/// `key=value` pairs of `OTEL_RESOURCE_ATTRIBUTES`: any error discards the whole variable, as the
/// specification asks. A `=` in a key or value that is not encoded is one.
enum ResourceAttributeList {
    static func parse(_ reader: inout EnvironmentReader) -> [Attribute] {
        guard let text = reader.text(.resourceAttributes) else { return [] }
        var attributes: [Attribute] = []
        let pairs = text.split(separator: ",", omittingEmptySubsequences: false)
        for (index, pair) in pairs.enumerated() {
            guard let (key, value) = KeyValuePair.split(pair), !value.contains("="),
                let key = key.percentDecoded, let value = value.percentDecoded, !key.isEmpty
            else {
                // Any of the values may be a secret, whatever its key.
                reader.reject(
                    .resourceAttributes, nil,
                    "pair number \(index + 1) is no key=value with percent-encoding; the whole list"
                        + " is ignored")
                return []
            }
            attributes.append(Attribute(key, .string(value)))
        }
        return attributes
    }
}

private enum KeyValuePair {
    /// The two sides of the first `=`, without white space around them.
    static func split(_ pair: Substring) -> (key: String, value: String)? {
        guard let equals = pair.firstIndex(of: "=") else { return nil }
        let key = String(pair[..<equals]).trimmingWhitespace
        let value = String(pair[pair.index(after: equals)...]).trimmingWhitespace
        return key.isEmpty ? nil : (key, value)
    }
}
