internal import OTelEmitter

/// Reads from the exchanges with an endpoint what works and what does not. Pure.
struct ProbeReading {
    /// A clock that is off by more makes data points that receivers doubt or refuse.
    static let longestSkew: Int64 = 30
    /// A certificate that expires sooner is worth a word.
    static let renewalDays: Int64 = 14

    /// A request, and what came of it.
    struct Exchange {
        let result: Result<HTTPResponse, TransportError>
        let progress: TransferProgress

        func fault(_ endpoint: Endpoint, _ form: WireForm) -> ProbeFault? {
            switch result {
            case .success(let response): .of(response, endpoint, form)
            case .failure(let error): .of(error, at: progress.phase, endpoint)
            }
        }
    }

    let endpoint: Endpoint
    /// The form of the requests.
    let form: WireForm
    let plain: Exchange
    /// Nil if it was not tried.
    let gzip: Exchange?
    /// Whether the emitter is to compress.
    let needsGzip: Bool
    let sendsCanary: Bool
    /// How the proxy is called; nil if none is set.
    let proxy: String?
    let certificates: CertificateFacts
    /// Seconds since 1970.
    let now: Int64

    var steps: [ProbeStep] {
        let fault = plain.fault(endpoint, form)
        return ProbeStep.Name.allCases.map { name in
            if name == .clock { return clock }
            guard let fault else { return step(name) }
            if name == fault.step {
                return ProbeStep(name, .failed, fault.detail, advice: fault.advice)
            }
            if name > fault.step { return ProbeStep(name, .skipped, "not reached") }
            return isKnown(name, fault) ? step(name) : ProbeStep(name, .skipped, "not known")
        }
    }

    /// Whether a step before the one that failed must have worked.
    private func isKnown(_ name: ProbeStep.Name, _ fault: ProbeFault) -> Bool {
        switch name {
        // Files of ours that can't be used are found before anything is connected.
        case .resolution: plain.progress.phase > .resolving
        case .connection: plain.progress.phase > .connecting
        case .path: fault.step != .authentication
        default: true
        }
    }

    /// A step that worked.
    private func step(_ name: ProbeStep.Name) -> ProbeStep {
        switch name {
        case .resolution: resolution
        case .connection: ProbeStep(name, .good, place)
        case .tls: tls
        case .answer: ProbeStep(name, .good, "HTTP/1.1")
        case .path: ProbeStep(name, .good, endpoint.path)
        case .authentication: ProbeStep(name, .good, "not refused")
        case .form: ProbeStep(name, .good, sendsCanary ? "one data point" : "an empty request")
        case .gzip: compression
        case .clock: clock
        case .canary:
            sendsCanary
                ? ProbeStep(name, .good, "\(Canary.name) = 1 was accepted")
                : ProbeStep(name, .skipped, "not asked for")
        }
    }

    private var resolution: ProbeStep {
        if endpoint.unixSocketPath != nil {
            return ProbeStep(.resolution, .skipped, "the endpoint is a Unix socket")
        }
        let (host, address) = (endpoint.serverAddress, plain.progress.address)
        if let proxy { return ProbeStep(.resolution, .good, "of the proxy, \(proxy)") }
        if address == host { return ProbeStep(.resolution, .good, "\(host) is an address") }
        return ProbeStep(.resolution, .good, address.isEmpty ? host : "\(host) is \(address)")
    }

    private var place: String {
        if let path = endpoint.unixSocketPath { return path }
        let place = "\(plain.progress.address) port \(plain.progress.port)"
        // Not to which of the two: libcurl knows the exceptions.
        return proxy == nil ? place : "\(place); a proxy is set"
    }

    private var tls: ProbeStep {
        guard endpoint.isEncrypted else {
            return ProbeStep(.tls, .skipped, "the endpoint begins with http")
        }
        var parts: [String] = []
        var isUrgent = false
        let known = [
            ("the server's certificate", certificates.serverExpiry),
            ("our own", certificates.clientExpiry),
        ]
        for (name, expiry) in known {
            guard let expiry else { continue }
            let days = (expiry - now) / 86_400
            parts.append("\(name) expires \(CivilDate.text(expiry)), in \(days) days")
            if days < Self.renewalDays { isUrgent = true }
        }
        return ProbeStep(
            .tls, isUrgent ? .doubtful : .good, parts.joined(separator: "; "),
            advice: isUrgent ? "renew the certificate soon" : nil)
    }

    private var compression: ProbeStep {
        guard let gzip else { return ProbeStep(.gzip, .skipped, "not tried") }
        guard let fault = gzip.fault(endpoint, form) else {
            return ProbeStep(.gzip, .good, needsGzip ? "" : "not configured, but accepted")
        }
        return needsGzip
            ? ProbeStep(
                .gzip, .failed, fault.detail,
                advice: "unset OTEL_EXPORTER_OTLP_COMPRESSION, or let the receiver take gzip")
            : ProbeStep(.gzip, .doubtful, "\(fault.detail); not configured, so not needed")
    }

    private var clock: ProbeStep {
        guard case .success(let response) = plain.result,
            let date = response.headers.date.flatMap(HTTPDate.seconds)
        else { return ProbeStep(.clock, .skipped, "no answer with a date") }
        let skew = now - date
        guard abs(skew) > Self.longestSkew else {
            return ProbeStep(.clock, .good, "within \(Self.longestSkew) s of the server's")
        }
        return ProbeStep(
            .clock, .failed,
            "this machine's clock is \(abs(skew)) s \(skew > 0 ? "ahead of" : "behind") the server's",
            advice: "set the clock that is wrong: data points carry this machine's time")
    }
}
