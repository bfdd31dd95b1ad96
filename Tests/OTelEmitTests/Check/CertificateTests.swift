import TestSupport
import Testing

@testable import otel_emit

private let toolsAreThere =
    InstalledTool.areRequired || InstalledTool.nginx != nil && InstalledTool.openssl != nil

/// What `check` says of certificates, against nginx.
@Suite(.enabled(if: toolsAreThere, "nginx and openssl are not installed"))
struct CertificateTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
    }

    private func check(_ server: Nginx, _ environment: [String: String] = [:]) throws -> EmitRun {
        try EmitRun(
            ["check"],
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": server.url,
                "OTEL_EXPORTER_OTLP_CERTIFICATE": authority.certificate,
            ].merging(environment) { $1 })
    }

    @Test func expiryOfAGoodCertificateIsTold() throws {
        let pair = try authority.issue("server", dates: ("20200101000000Z", "20490101000000Z"))
        let run = try check(try Nginx(pair))
        #expect(run.status == 0, "\(run.output)")
        #expect(run.outcome("TLS") == "ok")
        #expect(run.line("TLS")?.contains("expires 2049-01-01, in ") == true)
        #expect(run.outcome("clock") == "ok")
    }

    @Test func badCertificatesFailWithTheirReasonAndWhatToDo() throws {
        let expired = try authority.issue("expired", dates: ("20200101000000Z", "20210101000000Z"))
        let other = try authority.issue("other", names: "DNS:other.test,IP:127.0.0.2")
        let stranger = try CertificateAuthority("stranger", in: folder).issue("stranger-server")
        for (pair, said, advice) in [
            (expired, "expired", "renew the server's certificate"),
            (other, "127.0.0.1", "as the server's certificate does"),
            (stranger, "OTEL_EXPORTER_OTLP_CERTIFICATE", nil),
        ] {
            let run = try check(try Nginx(pair))
            #expect(run.status == 1)
            #expect(run.outcome("connect") == "ok")
            #expect(run.outcome("TLS") == "FAIL", "\(run.output)")
            #expect(run.line("TLS")?.contains(said) == true, "\(run.output)")
            if let advice { #expect(run.advice("TLS")?.contains(advice) == true, "\(run.output)") }
            #expect(run.outcome("canary") == "skipped")
        }
    }

    @Test func missingClientCertificateAndUnusableFilesAreNamed() throws {
        let pair = try authority.issue("server")
        let server = try Nginx(pair, clientAuthority: authority.certificate)
        let client = try authority.issue("client")
        let identity = [
            "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": client.certificate,
            "OTEL_EXPORTER_OTLP_CLIENT_KEY": client.key,
        ]
        let good = try check(server, identity)
        #expect(good.status == 0, "\(good.output)")
        #expect(good.line("TLS")?.contains("our own expires ") == true)
        let none = try check(server)
        #expect(none.status == 1)
        #expect(none.outcome("authentication") == "FAIL", "\(none.output)")
        #expect(none.advice("authentication")?.contains("CLIENT_CERTIFICATE") == true)
        let missing = try check(
            server, identity.merging(["OTEL_EXPORTER_OTLP_CLIENT_KEY": "/nonexistent"]) { $1 })
        #expect(missing.status == 1)
        #expect(missing.outcome("connect") == "skipped", "\(missing.output)")
        #expect(missing.outcome("TLS") == "FAIL")
        #expect(missing.advice("TLS")?.contains("OTEL_EXPORTER_OTLP_CLIENT_KEY") == true)
    }

    @Test func serverThatWantsTLSIsNamed() throws {
        let server = try Nginx(try authority.issue("server"))
        let run = try EmitRun(
            ["check"],
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(server.port)"])
        #expect(run.status == 1)
        #expect(run.outcome("TLS") == "FAIL", "\(run.output)")
        #expect(run.advice("TLS")?.contains("https://") == true)
    }

    @Test func serverWithoutTLSIsNamed() throws {
        let server = try ScriptedCollector(
            otherwise: ConnectionScript(
                .readBytes(1), .write(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .hold))
        let run = try EmitRun(
            ["check"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "https://127.0.0.1:\(server.port)",
                "OTEL_EXPORTER_OTLP_CERTIFICATE": authority.certificate,
            ])
        #expect(run.outcome("TLS") == "FAIL", "\(run.output)")
        #expect(run.advice("TLS")?.contains("http://") == true)
    }
}
