import Foundation
import OTelEmitter
import TestSupport
import Testing

/// How long certificates are valid, as a collector behind nginx learns it.
@Suite(
    .enabled(
        if: InstalledTool.areRequired || InstalledTool.nginx != nil && InstalledTool.openssl != nil,
        "nginx and openssl are not installed"))
struct CertificateMetricsTests {
    private static let metric = "otelemitter.certificate.time_to_expiry s "

    /// Seconds until expiry, by attributes, as the last request has them.
    private func secondsLeft(_ collector: ScriptedCollector) throws -> [String: Double] {
        let last = try #require(collector.requests.last { $0.isAccepted })
        var found: [String: Double] = [:]
        for point in try last.points() where point.metric.hasPrefix(Self.metric) {
            let number = try #require(point.value.split(separator: " ").last)
            found[point.attributes] = Double(number) ?? .nan
        }
        return found
    }

    @Test func timeToExpiryOfTheCertificatesInUseIsExported() throws {
        let folder = try TemporaryFolder()
        let (servers, clients) = (
            try CertificateAuthority("servers", in: folder),
            try CertificateAuthority("clients", in: folder)
        )
        let collector = try ScriptedCollector()
        let nginx = try Nginx(
            servers.issue("server", dates: ("20200101000000Z", "20490101000000Z")),
            clientAuthority: clients.certificate,
            options: "location /v1/metrics { proxy_http_version 1.1;"
                + " proxy_pass http://127.0.0.1:\(collector.port); }")
        let client = try clients.issue("client", dates: ("20200101000000Z", "20480101000000Z"))
        let pipeline = try Pipeline.make(to: collector) {
            $0.isSelfObserved = true
            $0.endpoint = Endpoint(exactly: nginx.url) ?? .standard
            $0.tls.authoritiesPath = servers.certificate
            $0.tls.clientCertificatePath = client.certificate
            $0.tls.clientKeyPath = client.key
        }
        pipeline.count()
        // The first request makes the connection; the second tells what it has shown.
        for _ in 0..<2 {
            #expect(
                pipeline.emitter.flush(timeout: .seconds(20)).isComplete, "\(pipeline.told.all)")
        }
        let now = Date().timeIntervalSince1970
        let left = try secondsLeft(collector)
        #expect(left.count == 2, "\(left)")
        // 2049-01-01 and 2048-01-01
        for (name, expiry) in [("server", 2_493_072_000.0), ("client", 2_461_449_600.0)] {
            let attributes = "{otelemitter.certificate=string \(name)}"
            let seconds = try #require(left[attributes], "\(left)")
            #expect(abs(seconds - (expiry - now)) < 60, "\(name): \(seconds)")
        }
        nginx.end()
    }

    @Test func plainEndpointsHaveNone() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.isSelfObserved = true }
        for _ in 0..<2 { #expect(pipeline.emitter.flush().isComplete) }
        #expect(try secondsLeft(collector).isEmpty)
    }
}
