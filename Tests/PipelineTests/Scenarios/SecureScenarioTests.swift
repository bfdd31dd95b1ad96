import Glibc
import Instruments
import OTelEmitter
import TestBench
import TestSupport
import Testing

/// What only a server with TLS shows (scenarios P3, P5, H8), against a real nginx.
@Suite(
    .enabled(
        if: InstalledTool.areRequired || InstalledTool.nginx != nil && InstalledTool.openssl != nil,
        "nginx and openssl are not installed"))
struct SecureScenarioTests {
    /// A real server that speaks TLS, and what makes an emitter trust it.
    private static func makeServer(
        _ folder: TemporaryFolder, options: String = ""
    ) throws -> (nginx: Nginx, trust: TLSOptions) {
        let authority = try CertificateAuthority("authority", in: folder)
        let nginx = try Nginx(authority.issue("server"), options: options)
        var trust = TLSOptions()
        trust.authoritiesPath = authority.certificate
        return (nginx, trust)
    }

    @Test(arguments: 0..<5)
    func p3_aProcessThatExitsAmidASecureTransferEndsAtOnce(round: Int) async {
        await #expect(processExitsWith: .success) { [round] in
            alarm(60)
            let folder = try TemporaryFolder()
            // The server has the request, and does not get an answer to pass on.
            let collector = try ScriptedCollector(otherwise: .mute)
            let (nginx, trust) = try SecureScenarioTests.makeServer(
                folder,
                options: "location /mute { proxy_http_version 1.1;"
                    + " proxy_pass http://127.0.0.1:\(collector.port); }")
            let pipeline = try Pipeline.make(to: collector) {
                $0.endpoint =
                    Endpoint(exactly: "https://127.0.0.1:\(nginx.port)/mute") ?? .standard
                $0.tls = trust
            }
            pipeline.count(series: 3)
            let emitter = pipeline.emitter
            let flush = Background { emitter.flush(timeout: .seconds(20)) }
            _ = try #require(collector.requests(atLeast: 1))
            if round % 2 == 0 { nginx.end() }
            Kept.shared.keep(folder, nginx, pipeline, flush)
            if round > 0 { exit(EXIT_SUCCESS) }
        }
    }

    /// Writing to a secure connection that was reset raises no signal.
    @Test func p5_aSecureConnectionThatIsResetKillsNobody() async {
        await #expect(processExitsWith: .success) {
            OwnProcess.useDefaultActionForBrokenPipes()
            let folder = try TemporaryFolder()
            let (nginx, trust) = try SecureScenarioTests.makeServer(folder)
            let relay = try Relay(to: nginx.port)
            let unused = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: unused) {
                $0.endpoint = Endpoint(exactly: "https://127.0.0.1:\(relay.port)/x") ?? .standard
                $0.tls = trust
            }
            for _ in 0..<10 {
                pipeline.count(series: 3)
                relay.set(.open)
                #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete, "delivered")
                relay.set(.resetting)
                _ = pipeline.emitter.flush(timeout: .milliseconds(20))
            }
            let totals = pipeline.emitter.shutdown(timeout: .milliseconds(100)).totals
            #expect(totals.isBalanced && totals.pending == 0, "\(totals)")
            #expect(relay.connections > 10, "\(relay.connections)")
            nginx.end()
        }
    }

    /// A redirect that would give the token away in the clear.
    @Test func h8_noRedirectLeadsFromHTTPSToHTTP() throws {
        let folder = try TemporaryFolder()
        let elsewhere = try ScriptedCollector()
        let (nginx, trust) = try Self.makeServer(
            folder, options: "location /moved { return 307 \(elsewhere.endpoint); }")
        let scenario = try Scenario.make(to: elsewhere) {
            $0.endpoint = Endpoint(exactly: "https://127.0.0.1:\(nginx.port)/moved") ?? .standard
            $0.tls = trust
            $0.headers = [HTTPHeader("authorization", "Bearer s3cr3t")].compactMap { $0 }
        }
        scenario.count()
        #expect(!scenario.flush().isComplete)
        #expect(elsewhere.connections == 0)
        let text = try #require(scenario.told.text(containing: "set the endpoint to"))
        #expect(text.contains(elsewhere.endpoint) && !text.contains("s3cr3t"))
        try scenario.expectHolds(recorded: 1, lost: [.rejected: 1])
    }
}
