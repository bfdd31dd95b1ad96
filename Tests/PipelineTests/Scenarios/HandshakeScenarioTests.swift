import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Handshakes that hang, protocols of yesterday, connections that end without a word, and clocks that
/// are wrong (scenarios T5 and T6), on the whole way to a collector behind a real nginx.
@Suite(.enabled(if: SecureSite.tools, "nginx and openssl are not installed"))
struct HandshakeScenarioTests {
    /// The first connections are accepted and nothing more; the server wakes up later.
    @Test func t5_aHandshakeThatHangsEndsWithTheTimeout() throws {
        let site = try SecureSite()
        try site.serve(try site.authority.issue("server"))
        let isAwake = Monitor(false)
        let port = site.port
        let front = try ScriptedCollector(
            otherwise: ConnectionScript(
                .choose { _ in
                    isAwake.withLock { $0 }
                        ? ConnectionScript(.relay(to: port))
                        : ConnectionScript(.hold)
                }))
        let scenario = try site.makeScenario {
            $0.endpoint = SecureSite.endpoint(at: front.port)
        }
        scenario.count(series: 3)
        #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
        for _ in 0..<5 { scenario.pass(.seconds(41)) }
        let text = scenario.told.text(containing: "can't be delivered")
        #expect(text?.contains("TLS") == true, "\(scenario.told.all)")
        #expect(site.collector.requests.isEmpty)
        isAwake.withLock { $0 = true }
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds()
    }

    /// A server that speaks TLS 1.1 at most is not spoken to, until it is replaced.
    @Test func t5_aProtocolOfYesterdayIsRefusedAndNamed() throws {
        let site = try SecureSite()
        let pair = try site.authority.issue("server", algorithm: "rsa:2048")
        try site.serve(
            pair, protocols: "TLSv1 TLSv1.1", options: "ssl_ciphers ALL:@SECLEVEL=0;")
        let scenario = try site.makeScenario()
        scenario.count(series: 3)
        #expect(!scenario.flush(within: .milliseconds(500)).isComplete)
        let text = scenario.told.text(containing: "TLS 1.2 or later is needed")
        #expect(text != nil, "\(scenario.told.all)")
        #expect(site.collector.requests.isEmpty)
        try site.serve(pair)
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds()
    }

    /// Connections end amid anything, without the alert that says so.
    @Test func t5_connectionsThatEndWithoutAWordLoseNothing() async {
        await #expect(processExitsWith: .success) {
            OwnProcess.useDefaultActionForBrokenPipes()
            let site = try SecureSite()
            try site.serve(try site.authority.issue("server"))
            let relay = try Relay(to: site.port)
            let scenario = try site.makeScenario {
                $0.endpoint = SecureSite.endpoint(at: relay.port)
            }
            for bytes in [0, 1, 100, 900, 1500, 2500, 4000] {
                scenario.count(series: 2)
                relay.set(.closing(afterServerBytes: bytes))
                _ = scenario.flush(within: .milliseconds(200))
                relay.set(.open)
                #expect(scenario.passBackoffUntilDelivered(), "\(bytes)")
            }
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(mayRepeat: true)
        }
    }

    /// A board without a clock of its own starts in 1970; the network's time comes later. OpenSSL
    /// judges by the machine's clock, which stays: a certificate of the future stands for it.
    @Test func t6_aClockThatIsNotSetYetIsNamedAndComesRight() throws {
        let site = try SecureSite()
        try site.serve(
            try site.authority.issue("future", dates: ("20480101000000Z", "20490101000000Z")))
        let time = SteppedTime()
        let age = Duration.seconds(Glibc.time(nil) - 60)
        time.setWallClock(on: .zero - age)
        let scenario = try site.makeScenario(time: time) { $0.exportInterval = .seconds(60) }
        for _ in 0..<30 {
            scenario.count(series: 2)
            #expect(scenario.passInterval(.seconds(60)))
        }
        let text = scenario.told.text(containing: "clock says 1970-01-01, which can't be")
        #expect(text != nil, "\(scenario.told.all)")
        #expect(site.collector.requests.isEmpty)
        time.setWallClock(on: age)
        try site.serve(try site.authority.issue("now"))
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        #expect(eventually { scenario.told.kinds.last == "recovered" })
        try scenario.expectHolds()
    }
}
