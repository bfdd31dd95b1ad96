import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Clocks that jump, and processes that get no time (scenarios C).
///
/// That data points' own times never go back is shown where they are made: `ProviderClockTests`.
@Suite struct TimeScenarioTests {
    private static let interval = Duration.seconds(10)

    @Test func c1_aWallClockThatIsSetMakesNoBurstAndNoStall() throws {
        let collector = try ScriptedCollector()
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = Self.interval }
        scenario.count()
        var requests = 0
        let year = Duration.seconds(31_557_600)
        for step in [.zero, .seconds(-3600), .seconds(7200), year * 10, year * -70, year * 60] {
            scenario.time.setWallClock(on: step)
            for _ in 0..<3 {
                requests += 1
                #expect(scenario.passInterval(Self.interval))
                // A request that is on its way would be given up when the next interval passes.
                #expect(eventually { scenario.emitter.totals.delivered == requests })
                #expect(collector.requests.count == requests)
            }
        }
        let times = try collector.acceptedPoints().map { ($0.start, $0.time) }
        #expect(times.allSatisfy { $0 > 0 && $0 < $1 })
        #expect(zip(times, times.dropFirst()).allSatisfy { $0.1 < $1.1 && $0.0 == $1.0 })
        #expect(scenario.shutdown().isComplete)
        #expect(scenario.told.all == [])
        try scenario.expectHolds(recorded: requests + 1)
    }

    @Test func c2_tenMinutesWithoutTimeAreOneExport() throws {
        let collector = try ScriptedCollector()
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = .seconds(1) }
        scenario.count()
        #expect(scenario.passInterval(.seconds(1)))
        #expect(eventually { scenario.emitter.totals.delivered == 1 })
        #expect(scenario.passInterval(.seconds(600)))
        #expect(collector.requests(atLeast: 2) != nil)
        // Whatever else was due would stand before what is asked for now.
        #expect(scenario.flush().isComplete)
        #expect(collector.requests.count == 3)
        let times = try collector.acceptedPoints().map(\.time)
        #expect(Set(times).count == times.count)
        try scenario.expectHolds(recorded: 3)
    }

    /// The process really stands still.
    @Test func c2_aProcessThatWasStoppedExportsOnce() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: collector) {
                $0.exportInterval = .milliseconds(20)
            }
            pipeline.count()
            _ = try #require(collector.requests(atLeast: 2))
            let helper = try ChildProcess(
                "/bin/sh",
                ["-c", "kill -STOP \(getpid()); sleep 1; kill -CONT \(getpid())"],
                environment: ["PATH": "/usr/bin:/bin"], output: "/dev/null")
            #expect(helper.ownStatus(within: .seconds(20)) == 0)
            _ = try #require(collector.requests(atLeast: collector.requests.count + 2))
            #expect(pipeline.emitter.shutdown().isComplete)
            let times = try collector.acceptedPoints().map(\.time)
            #expect(Set(times).count == times.count && times == times.sorted())
            // One gap is a second long, and no interval around it is a burst.
            let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
            #expect(gaps.contains { $0 > 900_000_000 })
            #expect(gaps.filter { $0 < 1_000_000 }.count <= 2)
            try pipeline.expectAccount(recorded: collector.requests.count)
        }
    }

    /// Intervals of a millisecond, and a collector that takes a second for an answer.
    @Test func c3_intervalsShorterThanAnExportComeTogether() throws {
        let gates = [Latch(), Latch(), Latch()]
        let ok = ConnectionScript.Step.answer(HTTPAnswer(200))
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .wait(gates[0]), ok, .readRequest, .wait(gates[1]), ok,
                .readRequest, .wait(gates[2]), ok, .readRequest, ok, loopingFrom: 9))
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = .milliseconds(1) }
        scenario.count()
        for (index, gate) in gates.enumerated() {
            #expect(collector.requests(atLeast: index + 1) != nil)
            scenario.pass(.seconds(1))
            #expect(collector.requests.count == index + 1)
            gate.open()
        }
        #expect(scenario.shutdown().isComplete)
        #expect(collector.connections == 1)
        try scenario.expectHolds(recorded: collector.requests.count)
    }

    /// A process that gets a twentieth of a core, in pieces: it is late, and goes on.
    @Test func c4_aProcessThatStarvesKeepsItsDeadlines() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let mute = try ScriptedCollector(otherwise: .mute)
            let (working, stuck) = (
                try Scenario.make(to: collector), try Scenario.make(to: mute)
            )
            let process = getpid()
            let starve = "kill -STOP \(process); sleep 0.038; kill -CONT \(process); sleep 0.002"
            let helper = try ChildProcess(
                "/bin/sh", ["-c", "for i in $(seq 40); do \(starve); done"],
                environment: ["PATH": "/usr/bin:/bin"], output: "/dev/null")
            for scenario in [working, stuck] { scenario.count(series: 10) }
            #expect(!stuck.shutdown(within: .milliseconds(300)).isComplete)
            #expect(working.shutdown(within: .seconds(20)).isComplete)
            #expect(helper.ownStatus(within: .seconds(20)) == 0)
            try working.expectHolds(recorded: 10)
            try stuck.expectHolds(recorded: 10, lost: [.shutdown: 10])
        }
    }
}
