import TestSupport
import Testing

@testable import OTelEmitter

/// TLS, clients' certificates and the port of the other protocol, at a real collector.
@Suite(
    .enabled(
        if: GenuineCollector.isSecureWanted,
        Comment(rawValue: GenuineCollector.reasonToSkip + "; openssl is needed, too")))
struct SecureCollectorTests {
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
        _ scheme: String = "https", to port: HeldPort, trusting authority: String?,
        as client: CertificateAuthority.Pair? = nil
    ) throws -> CollectorSender.Answer {
        var sender = try CollectorSender(
            scheme, to: port, tls: TLSOptions(trusting: authority, as: client))
        return sender.send()
    }

    @Test func dataArriveByTLSIfTheAuthorityIsKnown() throws {
        let collector = try GenuineCollector(
            on: port, sendingTo: sink.port,
            tls: "cert_file: \(server.certificate), key_file: \(server.key)")
        #expect(try send(to: port, trusting: authority.certificate).status == 200)
        let stranger = try CertificateAuthority("stranger", in: folder)
        #expect(try send(to: port, trusting: stranger.certificate).error?.kind == .tls)
        #expect(try send(to: port, trusting: nil).error?.kind == .tls)
        // Plain HTTP is answered, in plain words.
        #expect(try send("http", to: port, trusting: nil).status == 400)
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
        let without = try send(to: port, trusting: authority.certificate).error
        #expect(without?.kind == .tls, "\(without?.text ?? "")")
        #expect(without?.text.contains("client certificate") == true, "\(without?.text ?? "")")
        let wrong = try send(
            to: port, trusting: authority.certificate, as: authority.issue("stranger")
        ).error
        #expect(wrong?.kind == .tls, "\(wrong?.text ?? "")")
        let right = try send(
            to: port, trusting: authority.certificate, as: clients.issue("client"))
        #expect(right.status == 200)
        collector.end()
        #expect(try sink.acceptedPoints().count == 1)
    }

    @Test func portOfTheOtherProtocolIsRecognised() throws {
        let (plain, secure) = (try HeldPort(), try HeldPort())
        let first = try GenuineCollector(on: port, sendingTo: sink.port, grpc: plain)
        let error1 = try send("http", to: plain, trusting: nil).error
        #expect(error1?.kind == .protocol, "\(error1?.text ?? "")")
        #expect(error1?.text.hasSuffix(TransferFailure.grpcHint) == true, "\(error1?.text ?? "")")
        first.end()
        let second = try GenuineCollector(
            on: port, sendingTo: sink.port, grpc: secure,
            tls: "cert_file: \(server.certificate), key_file: \(server.key)")
        let error2 = try send(to: secure, trusting: authority.certificate).error
        // It just closes the connection, as others may.
        #expect(error2?.kind == .connection, "\(error2?.text ?? "")")
        #expect(error2?.text.hasSuffix("if this is a gRPC port, use 4318") == true)
        second.end()
    }
}
