/// The endpoint that requests go to; or that there is none, and which variable is to blame.
struct EndpointChoice: Sendable {
    let endpoint: Endpoint?
    /// The variable whose value can't be used as an endpoint, so that there is none.
    let unusableVariable: String?

    /// What code has chosen.
    init(_ endpoint: Endpoint?) {
        self.endpoint = endpoint
        unusableVariable = nil
    }

    /// None, since a variable names one that can't be used.
    init(unusable variable: String) {
        endpoint = nil
        unusableVariable = variable
    }

    /// How it is read: the variable for metrics is used as it is, the general one is a base. No
    /// other address takes the place of one that can't be used.
    static let format = OptionFormat<EndpointChoice>(
        read: { reader, variable in
            guard let text = reader.text(variable) else { return nil }
            let endpoint = variable.isForMetrics ? Endpoint(exactly: text) : Endpoint(base: text)
            if let endpoint { return EndpointChoice(endpoint) }
            reader.reject(variable, nil, Endpoint.remedy(for: text))
            return EndpointChoice(unusable: variable.rawValue)
        },
        notation: { choice in
            let url = choice.endpoint?.description ?? "none"
            let path = Endpoint.metricsPath
            return String(url.hasSuffix(path) ? url.dropLast(path.count) : url[...])
        },
        text: { choice in
            let cause = choice.unusableVariable.map { ", since the value of \($0) can't be used" }
            return text(choice.endpoint) ?? "none, nothing is sent" + (cause ?? "")
        },
        exact: { exact($0.endpoint) ?? $0.unusableVariable ?? "" },
        fallback: "endpoint + \(Endpoint.metricsPath)")

    /// How an endpoint is read that stands in for the first one.
    static let failoverFormat = OptionFormat<Endpoint?>(
        read: { reader, variable in
            guard let text = reader.text(variable) else { return nil }
            let endpoint = Endpoint(exactly: text)
            if endpoint == nil { reader.reject(variable, nil, Endpoint.remedy(for: text)) }
            return .some(endpoint)
        },
        text: { text($0) ?? "none" }, exact: { exact($0) ?? "none" })

    private static func text(_ endpoint: Endpoint?) -> String? {
        endpoint.map { $0.description + ($0.hasCredentials ? " with credentials" : "") }
    }

    /// With credentials and query, which may be all that differs.
    private static func exact(_ endpoint: Endpoint?) -> String? {
        endpoint.map { $0.url + ($0.unixSocketPath ?? "") }
    }
}
