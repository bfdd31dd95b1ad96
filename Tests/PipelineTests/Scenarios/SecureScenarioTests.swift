import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What only a server with TLS shows (scenarios P3, P5, H8), against a real nginx.
@Suite(.enabled(if: SecureSite.tools, "nginx and openssl are not installed"))
struct SecureScenarioTests {
    @Test(arguments: 0..<5)
    func p3_aProcessThatExitsAmidASecureTransferEndsAtOnce(round: Int) async {
        await #expect(processExitsWith: .success) { [round] in
            alarm(60)
            // The server has the request, and does not get an answer to pass on.
            let site = try SecureSite(try ScriptedCollector(otherwise: .mute))
            try site.serve(try site.authority.issue("server"))
            let scenario = try site.makeScenario()
            scenario.count(series: 3)
            let emitter = scenario.emitter
            let flush = Background { emitter.flush(timeout: .seconds(20)) }
            _ = try #require(site.collector.requests(atLeast: 1))
            if round % 2 == 0 { site.stop() }
            Kept.shared.keep(site, scenario, flush)
            if round > 0 { exit(EXIT_SUCCESS) }
        }
    }

    /// Writing to a secure connection that was reset raises no signal.
    @Test func p5_aSecureConnectionThatIsResetKillsNobody() async {
        await #expect(processExitsWith: .success) {
            OwnProcess.useDefaultActionForBrokenPipes()
            let site = try SecureSite()
            try site.serve(try site.authority.issue("server"))
            let relay = try Relay(to: site.port)
            let scenario = try site.makeScenario {
                $0.endpoint = SecureSite.endpoint(at: relay.port)
            }
            for _ in 0..<10 {
                scenario.count(series: 3)
                relay.set(.open)
                #expect(scenario.flush().isComplete, "delivered")
                relay.set(.resetting)
                _ = scenario.flush(within: .milliseconds(20))
            }
            scenario.shutdown(within: .milliseconds(100))
            #expect(relay.connections > 10, "\(relay.connections)")
            try scenario.expectHolds(
                lost: scenario.emitter.totals.lostByReason, mayRepeat: true)
        }
    }

    /// A redirect that would give the token away in the clear.
    @Test func h8_noRedirectLeadsFromHTTPSToHTTP() throws {
        let elsewhere = try ScriptedCollector()
        let site = try SecureSite(elsewhere)
        try site.serve(
            try site.authority.issue("server"),
            options: "location /moved { return 307 \(elsewhere.endpoint); }")
        let scenario = try site.makeScenario {
            $0.endpoint = Endpoint(exactly: "https://127.0.0.1:\(site.port)/moved") ?? .standard
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
