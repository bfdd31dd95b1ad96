import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Certificates that can't be trusted, and those that change while the emitter lives, at a real
/// collector.
@Suite(
    .enabled(
        if: GenuineCollector.isSecureWanted,
        Comment(rawValue: GenuineCollector.reasonToSkip + "; openssl is needed, too")))
struct SecureCollectorRotationTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority
    private let sink: ScriptedCollector
    private let port: HeldPort

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
        sink = try ScriptedCollector()
        port = try HeldPort()
    }

    private func collector(
        _ server: CertificateAuthority.Pair, clients: String? = nil
    ) throws -> GenuineCollector {
        try GenuineCollector(
            on: port, sendingTo: sink.port,
            tls: "cert_file: \(server.certificate), key_file: \(server.key)"
                + (clients.map { ", client_ca_file: \($0)" } ?? ""))
    }

    private func sender(
        as client: CertificateAuthority.Pair? = nil, clock: EmitterClock = .system
    ) throws -> CollectorSender {
        let tls = TLSOptions(trusting: authority.certificate, as: client)
        return try CollectorSender(to: port, tls: tls, clock: clock)
    }

    @Test func expiredCertificateIsRefusedAndNamed() throws {
        let server = try collector(
            authority.issue("server", dates: ("20200101000000Z", "20210101000000Z")))
        var sender = try sender()
        let error = sender.send().error
        #expect(error?.kind == .tls && error?.wasSent == false)
        let text = error?.text ?? ""
        #expect(text.contains("certificate has expired"), "\(text)")
        #expect(text.contains("this machine's clock says 20"), "\(text)")
        server.end()
        #expect(sink.requests.isEmpty)
    }

    @Test func certificateOfAnotherHostIsRefusedAndNamed() throws {
        let server = try collector(authority.issue("server", names: "DNS:other.test,IP:127.0.0.2"))
        var sender = try sender()
        let error = sender.send().error
        #expect(error?.kind == .tls && error?.wasSent == false)
        #expect(error?.text.contains("127.0.0.1") == true, "\(error?.text ?? "")")
        server.end()
        #expect(sink.requests.isEmpty)
    }

    @Test func certificateOfAnUnknownAuthorityIsRefusedWithAdvice() throws {
        let server = try collector(CertificateAuthority("stranger", in: folder).issue("server"))
        var sender = try sender()
        let error = sender.send().error
        #expect(error?.kind == .tls && error?.wasSent == false)
        let text = error?.text ?? ""
        #expect(text.contains("OTEL_EXPORTER_OTLP_CERTIFICATE"), "\(text)")
        server.end()
        #expect(sink.requests.isEmpty)
    }

    @Test func serverThatIsStartedAgainWithANewCertificateIsTrusted() throws {
        var sender = try sender()
        let years = [
            ("one", "20490101000000Z", 2_493_072_000), ("two", "20480101000000Z", 2_461_449_600),
        ]
        for (name, end, expiry) in years {
            let server = try collector(authority.issue(name, dates: ("20200101000000Z", end)))
            #expect(sender.send().status == 200)
            #expect(sender.transport.certificates.serverExpiry == Int64(expiry))
            server.end()
        }
        #expect(try sink.acceptedPoints().count == 2)
    }

    @Test func halfWrittenKeyIsAnErrorUntilTheFileIsWhole() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try collector(authority.issue("server"), clients: clients.certificate)
        let client = try clients.issue("client")
        let key = try folder.bytes("client-key.pem")
        try folder.overwrite("client-key.pem", with: Array(key.prefix(key.count / 2)))
        let offset = Monitor(Duration.zero)
        let clock = EmitterClock.system(
            plus: { offset.withLock { $0 } }, wallPlus: { .zero })
        var sender = try sender(as: client, clock: clock)
        let error = sender.send().error
        #expect(error?.kind == .certificate && error?.wasSent == false)
        #expect(error?.text.contains("client-key.pem") == true, "\(error?.text ?? "")")
        try folder.overwrite("client-key.pem", with: key)
        offset.withLock { $0 += Certificates.checkInterval }
        #expect(sender.send().status == 200)
        #expect(sender.transport.certificates.problem == nil)
        server.end()
        #expect(try sink.acceptedPoints().count == 1)
    }
}
