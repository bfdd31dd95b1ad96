package import OTelEmitter

/// Tries an endpoint as an emitter would use it: with its transport, headers and certificates, and
/// with real requests, at most two: one plain, and if that is accepted the same compressed.
///
/// Blocks the calling thread.
package struct EndpointProbe: Sendable {
    private let configuration: EmitterConfiguration
    private let sendsCanary: Bool

    /// - Parameter sendsCanary: whether a data point is sent, which the receiver then has; otherwise
    ///   an empty request.
    package init(_ configuration: EmitterConfiguration, sendsCanary: Bool = true) {
        self.configuration = configuration
        self.sendsCanary = sendsCanary
    }

    /// - Parameter timeout: the longest that each of the requests may take.
    package func run(_ endpoint: Endpoint, timeout: Duration) -> ProbeReport {
        if let problem = CurlGlobal.problem { return unusable(endpoint, problem) }
        guard let wakeup = TransportWakeup(),
            var transport = HTTPTransport(
                endpoint: endpoint, headers: configuration.headers, tls: configuration.tls,
                responseByteLimit: configuration.responseByteLimit, wakeup: wakeup,
                clock: configuration.clock, proxies: ProxySettings.environment())
        else { return unusable(endpoint, "libcurl has no memory or descriptors left") }
        let (clock, form) = (configuration.clock, configuration.wireForm)
        let body =
            sendsCanary
            ? Canary.request(configuration.resource, form, at: clock.wall()) : form.emptyRequest
        let plain = exchange(
            HTTPRequest(body: body, contentType: form.contentType, isCompressed: false),
            &transport, timeout)
        let now = Int64(clock.wall() / 1_000_000_000)
        var compressed: ProbeReading.Exchange?
        if plain.fault(endpoint, form) == nil, let bytes = Self.gzip(body) {
            let request = HTTPRequest(
                body: bytes, contentType: form.contentType, isCompressed: true)
            compressed = exchange(request, &transport, timeout)
        }
        let reading = ProbeReading(
            endpoint: endpoint, form: form, plain: plain, gzip: compressed,
            needsGzip: configuration.compression == .gzip, sendsCanary: sendsCanary,
            proxy: transport.proxy.url.isEmpty ? nil : transport.proxy.place,
            certificates: transport.certificates, now: now)
        return ProbeReport(
            endpoint: endpoint.description, form: form, steps: reading.steps)
    }

    private func exchange(
        _ request: HTTPRequest, _ transport: inout HTTPTransport, _ timeout: Duration
    ) -> ProbeReading.Exchange {
        let deadline = configuration.clock.now() + timeout
        let result: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            result = .success(try transport.send(request) { deadline })
        } catch {
            result = .failure(error)
        }
        return ProbeReading.Exchange(result: result, progress: transport.progress)
    }

    private static func gzip(_ body: [UInt8]) -> [UInt8]? {
        guard var gzip = Gzip() else { return nil }
        return body.withUnsafeBytes { gzip.compress($0) }
    }

    private func unusable(_ endpoint: Endpoint, _ reason: String) -> ProbeReport {
        let steps = ProbeStep.Name.allCases.map { name in
            name == .resolution
                ? ProbeStep(name, .failed, reason) : ProbeStep(name, .skipped, "not reached")
        }
        return ProbeReport(
            endpoint: endpoint.description, form: configuration.wireForm, steps: steps)
    }
}
