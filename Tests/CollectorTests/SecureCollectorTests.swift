import TestBench
import Testing

@testable import OTelEmitter

/// TLS, clients' certificates and the port of the other protocol, at a real collector.
@Suite(
    .enabled(
        if: GenuineCollector.isRequired
            || GenuineCollector.path != nil && InstalledTool.openssl != nil,
        Comment(rawValue: GenuineCollector.reasonToSkip + "; openssl is needed, too")))
struct SecureCollectorTests {
    private static let request = """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"secure","gauge":{"dataPoints":\
        [{"timeUnixNano":"1","asInt":"1"}]}}]}]}]}
        """
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority
    private let server: CertificateAuthority.Pair
    private let sink: ScriptedCollector
    private let port: HeldPort

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
        server = try authority.issue("server")
        sink = try ScriptedCollector()
        port = try HeldPort()
    }

    private func send(
        _ scheme: String = "https", to port: UInt16, trusting authority: String?,
        as client: CertificateAuthority.Pair? = nil
    ) throws -> Result<Int, TransportError> {
        #expect(CurlGlobal.problem == nil)
        let endpoint = try #require(Endpoint(base: "\(scheme)://127.0.0.1:\(port)"))
        let wakeup = try #require(TransportWakeup())
        var tls = TLSOptions()
        tls.authoritiesPath = authority
        tls.clientCertificatePath = client?.certificate
        tls.clientKeyPath = client?.key
        guard
            var transport = HTTPTransport(
                endpoint: endpoint, headers: [], tls: tls, responseByteLimit: 1 << 20,
                wakeup: wakeup, clock: .system, proxies: [:])
        else { throw SystemError(text: "libcurl has no memory left") }
        let deadline = MonotonicTime.now() + .seconds(30)
        let request = HTTPRequest(body: Array(Self.request.utf8), isCompressed: false)
        do throws(TransportError) {
            return .success(try transport.send(request) { deadline }.status)
        } catch {
            return .failure(error)
        }
    }

    private func error(_ result: Result<Int, TransportError>) -> TransportError? {
        if case .failure(let error) = result { error } else { nil }
    }

    @Test func dataArriveByTLSIfTheAuthorityIsKnown() throws {
        let collector = try GenuineCollector(
            on: port, sendingTo: sink.port,
            tls: "cert_file: \(server.certificate), key_file: \(server.key)")
        #expect(try send(to: port.number, trusting: authority.certificate) == .success(200))
        let stranger = try CertificateAuthority("stranger", in: folder)
        #expect(try error(send(to: port.number, trusting: stranger.certificate))?.kind == .tls)
        #expect(try error(send(to: port.number, trusting: nil))?.kind == .tls)
        // Plain HTTP is answered, in plain words.
        #expect(try send("http", to: port.number, trusting: nil) == .success(400))
        collector.end()
        #expect(try sink.acceptedPoints().count == 1)
    }

    @Test func dataArriveOnlyFromClientsWithACertificateIfItWantsOne() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let collector = try GenuineCollector(
            on: port, sendingTo: sink.port,
            tls: """
                cert_file: \(server.certificate), key_file: \(server.key), \
                client_ca_file: \(clients.certificate)
                """)
        let without = try error(send(to: port.number, trusting: authority.certificate))
        #expect(without?.kind == .tls, "\(without?.text ?? "")")
        #expect(without?.text.contains("client certificate") == true, "\(without?.text ?? "")")
        let wrong = try error(
            send(
                to: port.number, trusting: authority.certificate, as: authority.issue("stranger")))
        #expect(wrong?.kind == .tls, "\(wrong?.text ?? "")")
        let right = try send(
            to: port.number, trusting: authority.certificate, as: clients.issue("client"))
        #expect(right == .success(200))
        collector.end()
        #expect(try sink.acceptedPoints().count == 1)
    }

    @Test func portOfTheOtherProtocolIsRecognised() throws {
        let (plain, secure) = (try HeldPort(), try HeldPort())
        let first = try GenuineCollector(on: port, sendingTo: sink.port, grpc: plain)
        let error1 = try error(send("http", to: plain.number, trusting: nil))
        #expect(error1?.kind == .protocol, "\(error1?.text ?? "")")
        #expect(error1?.text.hasSuffix(TransferFailure.grpcHint) == true, "\(error1?.text ?? "")")
        first.end()
        let second = try GenuineCollector(
            on: port, sendingTo: sink.port, grpc: secure,
            tls: "cert_file: \(server.certificate), key_file: \(server.key)")
        let error2 = try error(send(to: secure.number, trusting: authority.certificate))
        // It just closes the connection, as others may.
        #expect(error2?.kind == .connection, "\(error2?.text ?? "")")
        #expect(error2?.text.hasSuffix("if this is a gRPC port, use 4318") == true)
        second.end()
    }
}
