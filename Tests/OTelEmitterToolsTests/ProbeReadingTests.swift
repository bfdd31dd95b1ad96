import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct ProbeReadingTests {
    private static let now: Int64 = 1_790_000_000

    private func exchange(
        _ result: Result<HTTPResponse, TransportError>,
        _ phase: TransferFailure.Phase = .receiving
    ) -> ProbeReading.Exchange {
        ProbeReading.Exchange(
            result: result,
            progress: TransferProgress(phase: phase, address: "127.0.0.1", port: 4318))
    }

    private func response(_ status: Int, date: String? = nil) -> Result<
        HTTPResponse, TransportError
    > {
        .success(
            HTTPResponse(status: status, body: [], headers: ResponseHeaders(date: date)))
    }

    private func steps(
        _ plain: ProbeReading.Exchange, gzip: ProbeReading.Exchange? = nil, needsGzip: Bool = false,
        sendsCanary: Bool = true, proxy: String? = nil,
        certificates: CertificateFacts = CertificateFacts(),
        _ url: String = "http://localhost:4318/v1/metrics"
    ) throws -> [ProbeStep.Name: ProbeStep] {
        let endpoint = try #require(Endpoint(exactly: url))
        let reading = ProbeReading(
            endpoint: endpoint, form: .json, plain: plain, gzip: gzip, needsGzip: needsGzip,
            sendsCanary: sendsCanary, proxy: proxy, certificates: certificates, now: Self.now)
        #expect(reading.steps.map(\.name) == ProbeStep.Name.allCases)
        return Dictionary(uniqueKeysWithValues: reading.steps.map { ($0.name, $0) })
    }

    @Test func goodExchangesMakeGoodSteps() throws {
        let good = exchange(response(200, date: "Mon, 21 Sep 2026 14:13:20 GMT"))
        let steps = try steps(good, gzip: good)
        for (name, step) in steps {
            #expect(step.outcome == (name == .tls ? .skipped : .good), "\(step)")
            #expect(step.advice == nil)
        }
        #expect(steps[.resolution]?.detail == "localhost is 127.0.0.1")
        #expect(steps[.connection]?.detail == "127.0.0.1 port 4318")
    }

    @Test func whatFollowsAFailureIsNotReachedAndWhatPrecedesItWorks() throws {
        let steps = try steps(exchange(response(404)))
        for (name, step) in steps where name != .clock && name != .tls {
            let expected: ProbeStep.Outcome =
                name == .path ? .failed : name < .path ? .good : .skipped
            #expect(step.outcome == expected, "\(step)")
        }
    }

    @Test func refusedTokenSaysNothingOfThePath() throws {
        let steps = try steps(exchange(response(401)))
        #expect(steps[.authentication]?.outcome == .failed)
        #expect(steps[.path]?.outcome == .skipped)
    }

    @Test func unusableFileSaysNothingOfTheNetwork() throws {
        let error = TransportError(kind: .certificate, text: "no key")
        let steps = try steps(exchange(.failure(error), .resolving), "https://h/v1/metrics")
        #expect(steps[.tls]?.outcome == .failed)
        #expect(steps[.resolution]?.outcome == .skipped)
        #expect(steps[.connection]?.outcome == .skipped)
    }

    @Test func refusedGzipFailsOnlyIfItIsNeeded() throws {
        let (good, refusal) = (exchange(response(200)), exchange(response(415)))
        let needed = try steps(good, gzip: refusal, needsGzip: true)
        #expect(needed[.gzip]?.outcome == .failed)
        #expect(needed[.gzip]?.advice?.contains("OTEL_EXPORTER_OTLP_COMPRESSION") == true)
        let unneeded = try steps(good, gzip: refusal)
        #expect(unneeded[.gzip]?.outcome == .doubtful)
        #expect(try steps(good)[.gzip]?.outcome == .skipped)
    }

    @Test(arguments: [
        // The machine's clock says 14:13:20.
        ("Mon, 21 Sep 2026 14:13:50 GMT", ProbeStep.Outcome.good, "within"),
        ("Mon, 21 Sep 2026 14:13:51 GMT", .failed, "31 s behind"),
        ("Mon, 21 Sep 2026 13:13:20 GMT", .failed, "3600 s ahead of"),
        ("yesterday", .skipped, "no answer with a date"),
    ])
    func clocksAreCompared(date: String, outcome: ProbeStep.Outcome, said: String) throws {
        // A server that refuses has a clock, too.
        for status in [200, 404] {
            let clock = try steps(exchange(response(status, date: date)))[.clock]
            #expect(clock?.outcome == outcome)
            #expect(clock?.detail.contains(said) == true)
        }
    }

    @Test func certificatesThatExpireSoonAreDoubtful() throws {
        let good = exchange(response(200))
        let day: Int64 = 86_400
        for (days, outcome) in [(14, ProbeStep.Outcome.good), (13, .doubtful)] {
            let expiry = Self.now + Int64(days) * day
            for facts in [
                CertificateFacts(serverExpiry: expiry),
                CertificateFacts(clientExpiry: expiry, serverExpiry: Self.now + 400 * day),
            ] {
                let tls = try steps(good, certificates: facts, "https://h/v1/metrics")[.tls]
                #expect(tls?.outcome == outcome)
                #expect(tls?.detail.contains("in \(days) days") == true)
            }
        }
    }

    @Test func socketsAndProxiesAreSaid() throws {
        let good = exchange(response(200))
        let socket = try steps(good, "unix:/run/otel.sock")
        #expect(socket[.resolution]?.outcome == .skipped)
        #expect(socket[.connection]?.detail == "/run/otel.sock")
        let proxied = try steps(good, proxy: "p port 3128")
        #expect(proxied[.resolution]?.detail == "of the proxy, p port 3128")
        #expect(proxied[.connection]?.detail == "127.0.0.1 port 4318; a proxy is set")
    }

    @Test func withoutCanaryNothingIsSaidOfOne() throws {
        let steps = try steps(exchange(response(200)), sendsCanary: false)
        #expect(steps[.canary]?.outcome == .skipped)
        #expect(steps[.form]?.detail == "an empty request")
    }
}
