import InstrumentsTesting
import TestSupport
import Testing

@testable import OTelEmitter

/// Certificates that are replaced while the emitter runs (T2 to T4), and clients that have to show
/// one, against nginx.
@Suite(.enabled(if: TLSTools.areThere, TLSTools.comment)) struct CertificateRotationTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority
    private let clock = SteppedClock(start: 1_000_000_000)
    private var options = TLSOptions()

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
        options.authoritiesPath = authority.certificate
    }

    /// Puts a client's certificate and key where the transport looks for them.
    private func install(_ pair: CertificateAuthority.Pair) throws {
        try folder.replace("in-use.pem", with: content(pair.certificate))
        try folder.replace("in-use-key.pem", with: content(pair.key))
    }

    private func content(_ path: String) throws -> [UInt8] {
        try folder.bytes(String(path.dropFirst(folder.path.count + 1)))
    }

    private func clientOptions() -> TLSOptions {
        var options = options
        options.clientCertificatePath = folder.file("in-use.pem")
        options.clientKeyPath = folder.file("in-use-key.pem")
        return options
    }

    /// Files are looked at again.
    private func pass() { clock.advance(by: Certificates.checkInterval) }

    @Test func serverThatChangesItsCertificateIsVerifiedAnew() throws {
        let port = try HeldPort()
        let stranger = try CertificateAuthority("stranger", in: folder)
        var server = try Nginx(
            authority.issue("first", dates: ("20200101000000Z", "20490101000000Z")), on: port)
        var sender = try Sender.make(
            to: server.url, tls: options, clock: .stepped(clock))
        #expect(sender.send().status == 200)
        #expect(sender.transport.certificates.serverExpiry == 2_493_072_000)
        server.end()
        server = try Nginx(
            authority.issue("second", dates: ("20200101000000Z", "20480101000000Z")), on: port)
        #expect(sender.send().status == 200)
        #expect(sender.transport.certificates.serverExpiry == 2_461_449_600)
        server.end()
        server = try Nginx(stranger.issue("third"), on: port)
        #expect(sender.send().error?.kind == .tls)
        server.end()
        server = try Nginx(authority.issue("fourth"), on: port)
        #expect(sender.send().status == 200)
    }

    @Test func renewedConnectionVerifiesAndOneThatLivesDoesNot() throws {
        let port = try HeldPort()
        let server = try Nginx(authority.issue("server"), on: port)
        var sender = try Sender.make(to: server.url, tls: options, clock: .stepped(clock))
        #expect(sender.send().status == 200)
        // The authority is no longer trusted: files that changed mean a new connection.
        let other = try CertificateAuthority("other", in: folder)
        try folder.replace("authority.pem", with: content(other.certificate))
        #expect(sender.send().status == 200)
        pass()
        #expect(sender.send().error?.kind == .tls)
    }

    @Test func missingAuthoritiesAreAnErrorUntilTheyAppear() throws {
        let server = try Nginx(authority.issue("server"))
        let bytes = try content(authority.certificate)
        try folder.remove("authority.pem")
        var sender = try Sender.make(to: server.url, tls: options, clock: .stepped(clock))
        let error = sender.send().error
        #expect(error?.kind == .certificate)
        #expect(error?.text.contains("authority.pem can't be read: No such file") == true)
        try folder.replace("authority.pem", with: Array("-----BEGIN CERT".utf8))
        pass()
        #expect(sender.send().error?.kind == .certificate)
        try folder.replace("authority.pem", with: bytes)
        #expect(sender.send().error?.kind == .certificate)
        pass()
        #expect(sender.send().status == 200)
        #expect(sender.transport.certificates.problem == nil)
        // Once known, they stay in use though the file is gone or spoilt.
        for spoilt in [nil, Array(bytes.dropLast(40)), [], Array("hello\n".utf8)] {
            if let spoilt {
                try folder.replace("authority.pem", with: spoilt)
            } else {
                try folder.remove("authority.pem")
            }
            pass()
            #expect(sender.send().status == 200)
            #expect(sender.transport.certificates.problem?.contains("authority.pem") == true)
            sender.transport.renew()
            #expect(sender.send().status == 200)
        }
    }

    /// The list is read for each connection; what was proven is used again as soon as it can be.
    @Test func revocationListThatCanNotBeReadForAMomentIsNotGivenUp() throws {
        let server = try Nginx(authority.issue("server"))
        _ = try authority.revoke(nil, list: "list.pem")
        let both = try folder.bytes("authority.pem") + folder.bytes("list.pem")
        try folder.overwrite("bundle.pem", with: both)
        var options = options
        options.authoritiesPath = folder.file("bundle.pem")
        var sender = try Sender.make(to: server.url, tls: options, clock: .stepped(clock))
        #expect(sender.send().status == 200)
        // As an open that fails; the clock stands, so that nobody looks at the file itself.
        try folder.remove("bundle.pem")
        sender.transport.renew()
        #expect(sender.send().error?.kind == .certificate)
        try folder.overwrite("bundle.pem", with: both)
        #expect(sender.send().status == 200)
        #expect(sender.transport.certificates.problem == nil)
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func serverThatWantsAClientsCertificateGetsIt(protocols: String) throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try Nginx(
            authority.issue("server"), clientAuthority: clients.certificate, protocols: protocols)
        var without = try Sender.make(to: server.url, tls: options)
        #expect(without.send().status == 400)
        try install(authority.issue("stranger"))
        var wrong = try Sender.make(to: server.url, tls: clientOptions())
        let refused = wrong.send()
        #expect(refused.status == 400 || refused.error?.kind == .tls, "\(refused)")
        try install(
            clients.issue("client", dates: ("20200101000000Z", "20490101000000Z")))
        var right = try Sender.make(to: server.url, tls: clientOptions())
        #expect(right.send().client == "CN=client")
        #expect(right.transport.certificates.clientExpiry == 2_493_072_000)
    }

    @Test func replacedClientCertificateIsUsedByTheNextRequest() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try Nginx(
            authority.issue("server"), clientAuthority: clients.certificate)
        try install(clients.issue("one"))
        var sender = try Sender.make(
            to: server.url, tls: clientOptions(), clock: .stepped(clock))
        #expect(sender.send().client == "CN=one")
        try install(clients.issue("two"))
        #expect(sender.send().client == "CN=one")
        pass()
        #expect(sender.send().client == "CN=two")
        // Written into the same file, too.
        let three = try clients.issue("three")
        try folder.overwrite("in-use.pem", with: content(three.certificate))
        try folder.overwrite("in-use-key.pem", with: content(three.key))
        pass()
        #expect(sender.send().client == "CN=three")
        #expect(sender.transport.certificates.problem == nil)
    }

    @Test func pairThatIsHalfReplacedOrSpoiltLeavesTheOneBeforeInUse() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try Nginx(
            authority.issue("server"), clientAuthority: clients.certificate)
        let one = try clients.issue("one")
        try install(one)
        var sender = try Sender.make(
            to: server.url, tls: clientOptions(), clock: .stepped(clock))
        #expect(sender.send().client == "CN=one")
        let two = try clients.issue("two")
        let key = try content(two.key)
        let steps: [(file: String, bytes: [UInt8])] = [
            // The new certificate with the old key, then with half of its own.
            ("in-use.pem", try content(two.certificate)),
            ("in-use-key.pem", Array(key.prefix(key.count / 2))),
            ("in-use-key.pem", []),
            ("in-use-key.pem", Array(key.dropLast(2))),
        ]
        for (file, bytes) in steps {
            try folder.replace(file, with: bytes)
            for _ in 0..<2 {
                pass()
                #expect(sender.send().client == "CN=one")
                sender.transport.renew()
            }
            #expect(sender.transport.certificates.problem?.contains("in-use-key.pem") == true)
        }
        try folder.replace("in-use-key.pem", with: key)
        pass()
        #expect(sender.send().client == "CN=two")
        #expect(sender.transport.certificates.problem == nil)
    }

    @Test func pairThatNeverFittedIsAnErrorUntilItDoes() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try Nginx(
            authority.issue("server"), clientAuthority: clients.certificate)
        let one = try clients.issue("one")
        let two = try clients.issue("two")
        try install(.init(certificate: one.certificate, key: two.key))
        var sender = try Sender.make(
            to: server.url, tls: clientOptions(), clock: .stepped(clock))
        let first = sender.send().error
        #expect(first?.kind == .certificate && first?.wasSent == false)
        let second = sender.send().error
        #expect(second?.kind == .certificate)
        #expect(second?.text.contains("in-use-key.pem") == true, "\(second?.text ?? "")")
        try install(two)
        pass()
        #expect(sender.send().client == "CN=two")
    }

    @Test func keyWithAPassphraseIsNamed() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let one = try clients.issue("one")
        try install(one)
        try clients.run([
            "pkey", "-in", one.key, "-out", folder.file("in-use-key.pem"), "-aes128", "-passout",
            "pass:secret",
        ])
        var sender = try Sender.make(to: "https://127.0.0.1:1/", tls: clientOptions())
        let error = sender.send().error
        #expect(error?.kind == .certificate && error?.text.contains("passphrase") == true)
    }

    @Test func certificateAndKeyMayStandInOneFile() throws {
        let clients = try CertificateAuthority("clients", in: folder)
        let server = try Nginx(
            authority.issue("server"), clientAuthority: clients.certificate)
        let one = try clients.issue("one")
        try folder.replace("both.pem", with: content(one.key) + content(one.certificate))
        var options = options
        options.clientCertificatePath = folder.file("both.pem")
        var sender = try Sender.make(to: server.url, tls: options)
        #expect(sender.send().client == "CN=one")
    }
}
