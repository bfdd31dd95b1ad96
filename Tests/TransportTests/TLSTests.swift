import TestSupport
import Testing

@testable import OTelEmitter

/// Condition of all tests that need nginx and openssl.
enum TLSTools {
    static let areThere =
        InstalledTool.areRequired || InstalledTool.nginx != nil && InstalledTool.openssl != nil
    static let comment = Comment(rawValue: "nginx and openssl are not installed")
}

/// Whom the transport trusts, and what it says of those it does not (T1, T5, T6), against nginx.
@Suite(.enabled(if: TLSTools.areThere, TLSTools.comment)) struct TLSTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
    }

    private var trusting: TLSOptions {
        var options = TLSOptions()
        options.authoritiesPath = authority.certificate
        return options
    }

    private func error(
        _ pair: CertificateAuthority.Pair, protocols: String = "TLSv1.2 TLSv1.3",
        options: String = "", clock: EmitterClock = .system
    ) throws -> TransportError {
        let server = try Nginx(pair, protocols: protocols, options: options)
        var sender = try Sender.make(to: server.url, tls: trusting, clock: clock)
        let error = try #require(sender.send().error)
        #expect(!error.wasSent)
        #expect(sender.transport.certificates.serverExpiry == nil)
        return error
    }

    @Test(arguments: ["ec", "rsa:2048", "ed25519"])
    func validCertificateIsTrusted(algorithm: String) throws {
        let server = try Nginx(
            authority.issue(
                "server", dates: ("20200101000000Z", "20490101000000Z"), algorithm: algorithm))
        var sender = try Sender.make(to: server.url, tls: trusting)
        #expect(sender.send().status == 200)
        #expect(sender.send(Sender.large).status == 200)
        // 2049-01-01
        #expect(sender.transport.certificates.serverExpiry == 2_493_072_000)
        #expect(sender.transport.certificates.clientExpiry == nil)
        #expect(sender.transport.certificates.problem == nil)
    }

    @Test func expiredCertificateIsRefused() throws {
        let error = try error(
            authority.issue("server", dates: ("20200101000000Z", "20210101000000Z")),
            clock: .stepped(on: 1_800_000_000))
        #expect(error.kind == .tls)
        #expect(error.text.contains("certificate has expired"), "\(error.text)")
        #expect(error.text.contains("this machine's clock says 2027-01-15"), "\(error.text)")
    }

    @Test func certificateOfTheFutureIsRefusedAndTheClockDoubted() throws {
        let pair = try authority.issue("server", dates: ("20480101000000Z", "20490101000000Z"))
        let today = try error(pair, clock: .stepped())
        #expect(today.kind == .tls)
        #expect(today.text.contains("not yet valid"), "\(today.text)")
        #expect(today.text.contains("clock says 2026-09-21"), "\(today.text)")
        let unset = try error(pair, clock: .stepped(on: 60))
        #expect(unset.text.contains("clock says 1970-01-01, which can't be"), "\(unset.text)")
    }

    @Test func wrongHostIsRefused() throws {
        let error = try error(authority.issue("server", names: "DNS:other.test,IP:127.0.0.2"))
        #expect(error.kind == .tls)
        #expect(error.text.contains("127.0.0.1"), "\(error.text)")
    }

    @Test func selfSignedAndUnknownAuthoritiesAreRefusedWithAdvice() throws {
        let stranger = try CertificateAuthority("stranger", in: folder)
        for pair in [try authority.selfSigned("self"), try stranger.issue("server")] {
            let error = try error(pair)
            #expect(error.kind == .tls)
            #expect(error.text.contains("OTEL_EXPORTER_OTLP_CERTIFICATE"), "\(error.text)")
        }
        // Nor does the system know the authority.
        let server = try Nginx(authority.issue("server2"))
        var sender = try Sender.make(to: server.url)
        #expect(sender.send().error?.kind == .tls)
    }

    @Test func selfSignedCertificateIsTrustedIfItIsNamed() throws {
        let pair = try authority.selfSigned("self")
        let server = try Nginx(pair)
        var options = TLSOptions()
        options.authoritiesPath = pair.certificate
        var sender = try Sender.make(to: server.url, tls: options)
        #expect(sender.send().status == 200)
    }

    @Test func revokedCertificateIsRefusedIfTheListStandsBesideTheAuthorities() throws {
        let good = try authority.issue("good")
        let bad = try authority.issue("bad")
        let list = try authority.revoke(bad, list: "list.pem")
        let both = try folder.bytes("authority.pem") + folder.bytes("list.pem")
        try folder.overwrite("bundle.pem", with: both)
        var options = TLSOptions()
        options.authoritiesPath = folder.file("bundle.pem")
        #expect(!list.isEmpty)
        let refused = try Nginx(bad)
        var sender = try Sender.make(to: refused.url, tls: options)
        let error = sender.send().error
        #expect(error?.kind == .tls && error?.text.contains("revoked") == true)
        let trusted = try Nginx(good)
        var other = try Sender.make(to: trusted.url, tls: options)
        #expect(other.send().status == 200)
    }

    @Test func oldProtocolsAreRefused() throws {
        let old = try error(
            authority.issue("server", algorithm: "rsa:2048"), protocols: "TLSv1 TLSv1.1",
            options: "ssl_ciphers ALL:@SECLEVEL=0;")
        #expect(old.kind == .tls)
        #expect(old.text.contains("TLS 1.2 or later is needed"), "\(old.text)")
    }

    @Test func serverWithoutTLSIsNamed() throws {
        let server = try ScriptedCollector(
            ConnectionScript(
                .readBytes(1), .write(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .hold))
        var sender = try Sender.make(to: "https://127.0.0.1:\(server.port)/", tls: trusting)
        let error = sender.send().error
        #expect(error?.kind == .tls)
        #expect(error?.text.contains("may not speak TLS") == true, "\(error?.text ?? "")")
    }

    @Test func handshakeThatHangsEndsBeforeTheDeadline() throws {
        let server = try ScriptedCollector(otherwise: ConnectionScript(.hold))
        var sender = try Sender.make(to: "https://127.0.0.1:\(server.port)/", tls: trusting)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let error = sender.send(within: .milliseconds(400)).error
        #expect(ContinuousClock.now - start < .milliseconds(400) + tolerance.limit)
        #expect(error?.kind == .tls && error?.wasSent == false, "\(error?.text ?? "")")
    }
}
