import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Collectors that can't be reached (scenarios R). Those that need a network of their own:
/// `NetworkScenarioTests`.
@Suite struct ReachabilityScenarioTests {
    @Test func r1_aCollectorThatIsDownAtTheStartGetsEverythingLater() throws {
        let collector = try ScriptedCollector(isListening: false)
        let interval = Duration.seconds(10)
        let tolerance = Tolerance()
        let elapsed = try ContinuousClock().measure { _ = try Pipeline.make(to: collector) }
        #expect(elapsed < tolerance.limit)
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = interval }
        for _ in 0..<30 {
            scenario.count(series: 2)
            #expect(scenario.passInterval(interval))
        }
        // Five minutes of outage are one line.
        scenario.expectTold(["failing"])
        try collector.startListening()
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.flush().isComplete)
        #expect(try scenario.pipeline.acceptedValues().last == ["int 30", "int 30"])
        scenario.expectTold(["failing", "recovered"])
        #expect(scenario.shutdown().isComplete)
        try scenario.expectHolds()
    }

    /// What can become of a connection in place of an answer.
    private static let fates = [
        ConnectionScript(), ConnectionScript(.reset), ConnectionScript(.readBytes(10), .reset),
        ConnectionScript(.readBytes(300), .reset), ConnectionScript(.readBytes(300)),
        ConnectionScript(.readRequest, .reset), ConnectionScript(.readRequest),
        ConnectionScript(.readRequest, .write(Array("HTTP/1.1 2".utf8)), .reset),
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func r3_brokenConnectionsLoseAndDoubleNothing(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let scripts = (0..<6).map { _ in random.pick(Self.fates) }
        let collector = try ScriptedCollector(scripts: scripts)
        let scenario = try Scenario.make(to: collector) {
            $0.exportInterval = .seconds(1_000_000)
            $0.timeout = .seconds(1_000_000)
            $0.exportTimeout = .zero
        }
        scenario.count(series: 5)
        #expect(!scenario.flush(within: .zero).isComplete)
        #expect(scenario.passBackoffUntilDelivered(), "seed \(seed)")
        #expect(collector.connections == 7, "seed \(seed)")
        // Each time the same bytes.
        #expect(Set(collector.requests.map(\.body)).count == 1)
        #expect(scenario.shutdown().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds(recorded: 10)
    }

    /// Whether it was counted can't be known, so it is sent again: the same points with the same
    /// times, which change nothing where sums are cumulative. As differences they may be counted
    /// twice.
    @Test(arguments: [TemporalityPreference.cumulative, .delta])
    func r5_aCollectorThatDiesBeforeAnsweringGetsTheSameAgain(
        temporality: TemporalityPreference
    ) throws {
        let dies = ConnectionScript(.readRequest, .reset)
        let collector = try ScriptedCollector(dies, dies)
        let scenario = try Scenario.make(to: collector) {
            $0.temporality = temporality
            $0.timeout = .seconds(1_000_000)
            $0.exportTimeout = .zero
        }
        scenario.count(series: 5)
        #expect(!scenario.flush(within: .zero).isComplete)
        #expect(scenario.passBackoffUntilDelivered())
        #expect(collector.requests.map(\.answer) == [nil, nil, 200])
        #expect(Set(collector.requests.map(\.body)).count == 1)
        try scenario.expectHolds(recorded: 5)
    }

    /// A collection a minute for two hours: what can't be sent is superseded, not gathered.
    @Test func r8_twoHoursOfOutageTakeNoMemory() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector(isListening: false)
            let interval = Duration.seconds(60)
            let scenario = try Scenario.make(to: collector) {
                $0.exportInterval = interval
                $0.queueByteLimit = 2 << 20
            }
            scenario.count(series: 1500)
            for _ in 0..<30 { #expect(scenario.passInterval(interval)) }
            let before = try OwnProcess.peakMemory()
            for _ in 30..<120 { #expect(scenario.passInterval(interval)) }
            #expect(try OwnProcess.peakMemory() < before + 24 << 20)
            #expect(scenario.told.kinds.count <= 13)
            try collector.startListening()
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.flush().isComplete)
            let totals = scenario.emitter.totals
            #expect(totals.pending == 0 && totals.recorded >= 120 * 1500)
            #expect(Set(totals.lostByReason.keys) == [.superseded])
            try scenario.expectHolds(lost: totals.lostByReason)
        }
    }

    /// Up for a second, down for a second: deliveries go on, and nothing is left behind.
    @Test func r10_flappingLeavesNothingBehindAndTellsLittle() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let relay = try Relay(to: collector.port)
            let scenario = try Scenario.make(to: collector) {
                $0.endpoint =
                    Endpoint(exactly: "http://127.0.0.1:\(relay.port)/v1/metrics") ?? .standard
                $0.exportInterval = .seconds(1)
            }
            scenario.count(series: 2)
            #expect(scenario.passInterval(.seconds(1)))
            #expect(scenario.passBackoffUntilDelivered())
            let descriptors = try OwnProcess.descriptors().count
            let threads = try OwnProcess.threads().count
            for _ in 0..<10 {
                let delivered = scenario.emitter.totals.delivered
                for _ in 0..<10 {
                    for mode in [Relay.Mode.resetting, .open] {
                        relay.set(mode)
                        #expect(scenario.passInterval(.seconds(1)))
                    }
                }
                // An interval and the longest back-off after the fault everything is there.
                #expect(scenario.passBackoffUntilDelivered())
                #expect(scenario.emitter.totals.delivered > delivered)
            }
            #expect(try eventually { try OwnProcess.descriptors().count <= descriptors + 2 })
            // The concurrency pool may have come to its size meanwhile.
            #expect(try eventually { try OwnProcess.threads().count <= threads + 3 })
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(mayRepeat: true)
        }
    }

    @Test func r11_aProxyThatFailsIsNamedAndTriedAgain() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedCollector(
                ConnectionScript(.readRequest, .answer(HTTPAnswer(407))), isListening: false)
            setenv("http_proxy", "http://user:s3cr3t@127.0.0.1:\(proxy.port)", 1)
            let scenario = try Scenario.make(to: proxy) {
                $0.endpoint = Endpoint(exactly: "http://collector.invalid:4318/x") ?? .standard
            }
            scenario.count(series: 2)
            #expect(!scenario.flush(within: .milliseconds(50)).isComplete)
            #expect(scenario.told.text(containing: "proxy") != nil, "\(scenario.told.all)")
            try proxy.startListening()
            #expect(scenario.passBackoffUntilDelivered(), "\(scenario.told.all)")
            let requests = proxy.requests
            #expect(requests.map(\.answer) == [407, 200], "\(requests.map(\.answer))")
            #expect(requests.allSatisfy { $0.target == "http://collector.invalid:4318/x" })
            scenario.expectTold(["failing", "recovered"])
            #expect(scenario.told.all.allSatisfy { !$0.description.contains("s3cr3t") })
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 4)
        }
    }

    @Test func r11_aTunnelThatIsRefusedIsNamedAndExceptionsAreRespected() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedCollector(otherwise: .answering(403))
            let collector = try ScriptedCollector()
            setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            setenv("NO_PROXY", "127.0.0.1", 1)
            let refused = try Scenario.make(to: proxy) {
                $0.endpoint = Endpoint(exactly: "https://collector.invalid/x") ?? .standard
            }
            refused.count(series: 2)
            #expect(!refused.flush(within: .milliseconds(50)).isComplete)
            #expect(refused.told.text(containing: "the proxy answers 403") != nil)
            #expect(proxy.requests.first?.method == "CONNECT")
            #expect(!refused.shutdown(within: .milliseconds(100)).isComplete)
            try refused.expectHolds(recorded: 4, lost: [.shutdown: 4])

            let direct = try Scenario.make(to: collector)
            direct.count(series: 2)
            #expect(direct.flush().isComplete)
            try direct.expectHolds(recorded: 2)
        }
    }

    @Test func r12_aLimitOfDescriptorsIsAnOutageThatPasses() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector(
                ConnectionScript(.readRequest, .answer(HTTPAnswer(200))))
            let scenario = try Scenario.make(to: collector)
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
            #expect(collector.isLeft())
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var none = rlimit(rlim_cur: 3, rlim_max: limit.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
            let report = scenario.flush(within: .milliseconds(300))
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            #expect(!report.isComplete)
            #expect(scenario.told.text(containing: "descriptors") != nil)
            #expect(scenario.passBackoffUntilDelivered())
            scenario.expectTold(["failing", "recovered"])
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 6)
        }
    }

    /// A large request gets stuck on the way, a small one does not.
    @Test func r13_aRequestThatGetsStuckEndsWithTheTimeoutAndHindersNoOther() throws {
        let gate = Latch()
        let stuck = ConnectionScript(.readBytes(3000), .wait(gate))
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readBytes(3000), .wait(gate)),
            stuck)
        let scenario = try Scenario.make(to: collector)
        scenario.count()
        #expect(scenario.flush().isComplete)
        scenario.count(series: 200)
        #expect(!scenario.flush(within: .milliseconds(100)).isComplete)
        #expect(scenario.passBackoff { scenario.told.kinds == ["failing"] })
        _ = try #require(scenario.told.text(containing: "no answer in time"))
        #expect(scenario.passBackoffUntilDelivered())
        // Each attempt had a connection of its own.
        #expect(collector.connections >= 3)
        gate.open()
        #expect(scenario.shutdown().isComplete)
        try scenario.expectHolds(recorded: 401)
    }
}
