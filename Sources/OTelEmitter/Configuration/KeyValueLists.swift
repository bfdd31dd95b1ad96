internal import Instruments

/// `key=value` pairs of header variables: a pair that can't be used is reported and left out,
/// without its value.
enum HeaderList {
    /// More headers than this are left out.
    static let maximumCount = 64

    /// Sets the headers to those of the first variable that is set.
    static func read(
        into configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader,
        _ variables: [EnvironmentVariable]
    ) {
        guard let variable = variables.first(where: { reader.text($0) != nil }) else { return }
        configuration.headers = parse(variable, &reader)
        if !configuration.headers.isEmpty { reader.note("headers", variable) }
    }

    /// What is printed: names alone, since a value may be a secret.
    static func setting(_ headers: [HTTPHeader]) -> ConfigurationSetting {
        ConfigurationSetting(
            "headers", OptionText.list(headers.map { "\($0.name)=\(Redaction.mark)" }),
            exact: headers.map { "\($0.name)=\($0.value)" }.joined(separator: ","))
    }

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
                // No part of the text is shown: what looks like a name may belong to a secret, as
                // in `api-key: secret`, or after a comma that should have been encoded.
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

/// `key=value` pairs of `OTEL_RESOURCE_ATTRIBUTES`: any error discards the whole list, as the
/// specification asks. A `=` in a key or value has to be encoded.
enum ResourceAttributeList {
    static func parse(
        _ variable: EnvironmentVariable, _ reader: inout EnvironmentReader
    ) -> [Attribute] {
        guard let text = reader.text(variable) else { return [] }
        var attributes: [Attribute] = []
        let pairs = text.split(separator: ",", omittingEmptySubsequences: false)
        for (index, pair) in pairs.enumerated() {
            guard let (key, value) = KeyValuePair.split(pair), !value.contains("="),
                let key = key.percentDecoded, let value = value.percentDecoded, !key.isEmpty
            else {
                // No value is shown: any of them may be a secret, whatever its key.
                reader.reject(
                    variable, nil,
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
    /// What stands before and after the first `=`, without white space around it.
    static func split(_ pair: Substring) -> (key: String, value: String)? {
        guard let equals = pair.firstIndex(of: "=") else { return nil }
        let key = String(pair[..<equals]).trimmingWhitespace
        let value = String(pair[pair.index(after: equals)...]).trimmingWhitespace
        return key.isEmpty ? nil : (key, value)
    }
}
