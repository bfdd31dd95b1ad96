import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct ProbeFaultTests {
    private static let plain = "http://h:4318/v1/metrics"

    private func fault(
        _ kind: TransportError.Kind, _ text: String = "text",
        at phase: TransferFailure.Phase = .requesting, _ url: String = plain
    ) throws -> ProbeFault {
        let endpoint = try #require(Endpoint(exactly: url))
        return .of(TransportError(kind: kind, text: text), at: phase, endpoint)
    }

    @Test(arguments: TransportError.Kind.allCases)
    func everyKindHasAStepAndKeepsItsText(kind: TransportError.Kind) throws {
        let fault = try fault(kind)
        #expect(fault.detail == "text")
        let steps: [ProbeStep.Name] = [.resolution, .connection, .tls, .answer]
        #expect(steps.contains(fault.step))
    }

    @Test(arguments: [
        (TransportError.Kind.resolve, ProbeStep.Name.resolution), (.connect, .connection),
        (.tls, .tls), (.certificate, .tls), (.proxy, .connection),
    ])
    func kindDecidesTheStepWhereItCan(kind: TransportError.Kind, step: ProbeStep.Name) throws {
        #expect(try fault(kind, at: .resolving).step == step)
        #expect(try fault(kind, at: .requesting).step == step)
    }

    @Test(arguments: [
        (TransferFailure.Phase.resolving, Self.plain, ProbeStep.Name.resolution),
        (.resolving, "unix:/run/s", .connection), (.connecting, Self.plain, .connection),
        (.handshaking, Self.plain, .connection), (.handshaking, "https://h/v1/metrics", .tls),
        (.requesting, Self.plain, .answer), (.receiving, Self.plain, .answer),
    ])
    func otherwiseItIsHowFarTheTransferCame(
        phase: TransferFailure.Phase, url: String, step: ProbeStep.Name
    ) throws {
        let kinds: [TransportError.Kind] = [.timeout, .connection, .protocol, .resources, .other]
        for kind in kinds { #expect(try fault(kind, at: phase, url).step == step) }
    }

    @Test func portOfGRPCIsNamedWithTheOneToUse() throws {
        let wellKnown = try fault(.connection, at: .requesting, "http://h:4317/v1/metrics")
        #expect(wellKnown.advice == "this looks like the gRPC port 4317, use 4318")
        let hinted = try fault(.protocol, "no HTTP/1; " + TransferFailure.grpcHint)
        #expect(hinted.detail == "no HTTP/1")
        #expect(hinted.advice?.contains("gRPC port, use the one for HTTP") == true)
        #expect(try fault(.protocol).advice?.contains("gRPC") == false)
    }

    @Test(arguments: [
        ("SSL certificate problem: certificate has expired", "renew the server's certificate"),
        ("SSL certificate problem: certificate is not yet valid", "set the clocks"),
        ("no alternative certificate subject name matches target host name 'h'", "name the host"),
        ("SSL certificate problem: IP address mismatch", "name the host"),
        ("certificate revoked", "another certificate"),
        ("tlsv13 alert certificate required", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"),
        ("the server may not speak TLS on this port", "http://"),
    ])
    func reasonsOfTLSHaveTheirRemedies(text: String, advice: String) throws {
        let fault = try fault(.tls, text, at: .handshaking, "https://h/v1/metrics")
        #expect(fault.advice?.contains(advice) == true, "\(fault.advice ?? "none")")
    }

    @Test func adviceThatTheTransportGivesIsNotRepeated() throws {
        let text = "unable to get local issuer certificate; if its authority is your own, name its"
        #expect(try fault(.tls, text).advice == nil)
    }

    @Test(arguments: [
        ("Connection refused", Self.plain, "nobody listens there"),
        ("No route to host", Self.plain, "a firewall"),
        ("Permission denied", "unix:/run/s", "this user"),
    ])
    func failedConnectionsHaveTheirRemedies(text: String, url: String, advice: String) throws {
        let fault = try fault(.connect, text, at: .connecting, url)
        #expect(fault.advice?.contains(advice) == true)
    }
}
