import Glibc
import Instruments
import OTelEmitter
import Synchronization
import TestSupport
import Testing

/// Signals that the handler of a test has seen.
private let terminations = Atomic(0)

/// What a process does to its emitter, and its emitter not to it (scenarios P), each in a process
/// of its own. Exits and TLS: `ProcessExitScenarioTests`; forks: `ProcessForkScenarioTests`.
@Suite struct ProcessScenarioTests {
    /// A host that ends on SIGTERM shuts down in time, whatever the emitter is doing, and what was
    /// recorded arrives.
    @Test(arguments: ["export", "back-off", "callback", "spool"])
    func p1_aHostThatIsAskedToEndEndsInTimeWithItsLastValues(moment: String) async {
        await #expect(processExitsWith: .success) { [moment] in
            #expect(terminations.load(ordering: .relaxed) == 0)
            signal(SIGTERM) { _ in terminations.add(1, ordering: .relaxed) }
            let (answerGate, callbackGate) = (Latch(), Latch())
            let collector = try ScriptedCollector(
                ConnectionScript(
                    .readRequest, .wait(answerGate), .answer(HTTPAnswer(200)), .readRequest,
                    .answer(HTTPAnswer(200)), loopingFrom: 3),
                isListening: moment != "back-off" && moment != "spool")
            let folder = try TemporaryFolder()
            let scenario = try Scenario.make(to: collector) {
                if moment == "spool" { $0.spool = SpoolOptions(directory: folder.path + "/s") }
            }
            let emitter = scenario.emitter
            let arrived = Monitor(false)
            let callback = emitter.meter("pipeline").observableGauge("level", of: Int.self) {
                $0.observe(1)
                guard moment == "callback" else { return }
                arrived.withLock { $0 = true }
                _ = callbackGate.wait(within: .seconds(20))
            }
            scenario.count(series: 3)
            let flush = Background { emitter.flush(timeout: .seconds(20)) }
            switch moment {
            case "export": _ = try #require(collector.requests(atLeast: 1))
            case "callback": #expect(eventually { arrived.withLock { $0 } })
            default: _ = try #require(scenario.told.text(containing: "can't be delivered"))
            }
            kill(getpid(), SIGTERM)
            #expect(eventually { terminations.load(ordering: .relaxed) == 1 })
            answerGate.open()
            callbackGate.open()
            if moment == "back-off" || moment == "spool" { try collector.startListening() }
            let report = scenario.shutdown(within: .seconds(5))
            #expect(report.isComplete)
            #expect(flush.value() != nil)
            #expect(try scenario.pipeline.acceptedValues().last?.contains("int 1") == true)
            try scenario.expectHolds()
            withExtendedLifetime((callback, folder)) {}
        }
    }

    /// A callback that asks for the end of the emitter that waits for it.
    @Test func p2_aCallbackMayShutTheEmitterDown() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector)
            let emitter = scenario.emitter
            let reports = Monitor<[DeliveryReport]>([])
            let callback = emitter.meter("m").observableGauge("level", of: Int.self) {
                $0.observe(1)
                let report = emitter.shutdown(timeout: .milliseconds(200))
                reports.withLock { $0.append(report) }
            }
            scenario.count(series: 2)
            _ = scenario.flush(within: .seconds(10))
            #expect(eventually { !reports.withLock { $0.isEmpty } })
            let last = scenario.shutdown(within: .seconds(5))
            #expect(reports.withLock { $0 }.allSatisfy { $0.totals.isBalanced })
            #expect(last.totals == emitter.totals && last.totals.pending == 0)
            try scenario.expectHolds(lost: emitter.totals.lostByReason)
            withExtendedLifetime(callback) {}
        }
    }

    private final class Host: Sendable {
        let emitter: Emitter

        init(_ emitter: Emitter) { self.emitter = emitter }

        deinit { _ = emitter.shutdown(timeout: .seconds(5)) }
    }

    @Test func p2_aDeinitializerMayShutTheEmitterDown() throws {
        let collector = try ScriptedCollector()
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 2)
        var hosts = (0..<4).map { _ in Host(scenario.emitter) }
        hosts.removeAll()
        #expect(collector.isLeft())
        try scenario.expectHolds(recorded: 2)
    }

    /// Files of the resolver and rights are gone.
    @Test(.enabled(if: getuid() == 0, "needs root"))
    func p7_aProcessThatIsConfinedGoesOn() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector)
            let lost = try Scenario.make(to: collector) {
                $0.endpoint = Endpoint(exactly: "http://collector.invalid:4318/x") ?? .standard
            }
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
            var path = Array("/tmp/otel-emitter-empty-XXXXXX".utf8CString)
            _ = mkdtemp(&path)
            #expect(chroot(path) == 0 && chdir("/") == 0 && setuid(65_534) == 0)
            #expect(scenario.flush().isComplete)
            lost.count(series: 2)
            #expect(!lost.flush(within: .milliseconds(500)).isComplete)
            #expect(lost.told.text(containing: "name was not resolved") != nil)
            #expect(!lost.shutdown(within: .milliseconds(500)).isComplete)
            #expect(lost.emitter.totals.lostByReason[.shutdown] == lost.emitter.totals.recorded)
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 6)
        }
    }

    /// A host that changes its environment all the time: no emitter reads it once it is made.
    @Test func p8_aStormOfSetenvChangesNothing() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipelines = try (0..<20).map { _ in try Pipeline.make(to: collector) }
            let isOver = Atomic(false)
            let storm = (0..<2).map { thread in
                Background {
                    var round = 0
                    while !isOver.load(ordering: .relaxed) {
                        setenv("OTEL_STORM_\(thread)", "value \(round)", 1)
                        setenv("no_proxy", "host\(round % 10)", 1)
                        unsetenv("OTEL_STORM_\(thread)")
                        round += 1
                    }
                    return round
                }
            }
            for pipeline in pipelines {
                pipeline.count(series: 2)
                #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
            }
            for pipeline in pipelines {
                #expect(pipeline.emitter.shutdown(timeout: .seconds(20)).isComplete)
            }
            isOver.store(true, ordering: .relaxed)
            #expect(storm.allSatisfy { ($0.value() ?? 0) > 0 })
            #expect(try collector.acceptedPoints().count == 80)
            #expect(pipelines.allSatisfy { $0.emitter.totals.delivered == 4 })
        }
    }

    /// What libcurl holds for the whole process belongs to the host, too.
    @Test func p9_aHostThatCleansUpLibcurlEndsNoExport() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector(
                ConnectionScript(.readRequest, .answer(HTTPAnswer(200))))
            let scenario = try Scenario.make(to: collector)
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
            guard let symbol = dlsym(nil, "curl_global_cleanup") else {
                throw SystemError(text: "libcurl is not there")
            }
            let cleanUp = unsafeBitCast(symbol, to: (@convention(c) () -> Void).self)
            cleanUp()
            #expect(scenario.flush().isComplete)
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 6)
        }
    }

    /// The system refuses threads at first.
    @Test func p10_aThreadThatIsRefusedIsToldAndMadeLater() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let tolerance = Tolerance()
            // The limit does not bind root.
            if getuid() == 0 { #expect(setuid(65_534) == 0) }
            let resource = __rlimit_resource_t(__RLIMIT_NPROC.rawValue)
            var limit = rlimit()
            getrlimit(resource, &limit)
            var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
            setrlimit(resource, &none)
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count(series: 2)
            // Nobody waits for what can't come.
            let start = ContinuousClock.now
            let refused = pipeline.emitter.flush(timeout: .seconds(20))
            let elapsed = ContinuousClock.now - start
            setrlimit(resource, &limit)
            #expect(pipeline.told.kinds == ["unavailable"], "\(pipeline.told.all)")
            #expect(!refused.isComplete && refused.totals.recorded == 0, "\(refused)")
            #expect(elapsed < tolerance.limit, "\(elapsed)")
            #expect(pipeline.emitter.flush().isComplete, "threads are there again")
            #expect(pipeline.emitter.shutdown().isComplete, "threads are there again")
            try pipeline.expectAccount(recorded: 4)
        }
    }

    /// Every thread of the concurrency pool is taken, and the main thread is, too.
    @Test func p11_exportsGoOnThoughPoolAndMainThreadAreBlocked() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector) { $0.exportInterval = .seconds(1) }
            let gate = Gate()
            for _ in 0..<64 { Task.detached { gate.pass() } }
            Task { @MainActor in gate.pass() }
            // One thread of the pool is the one that runs this.
            #expect(eventually { gate.arrivals >= Threads.cores })
            scenario.count(series: 2)
            for round in 1...10 {
                #expect(scenario.passInterval(.seconds(1)))
                _ = try #require(collector.requests(atLeast: round))
            }
            #expect(scenario.shutdown().isComplete)
            gate.open()
            try scenario.expectHolds()
        }
    }
}
