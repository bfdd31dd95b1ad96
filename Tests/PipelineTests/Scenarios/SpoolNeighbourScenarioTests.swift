import Foundation
import OTelEmitter
import TestSupport
import Testing

/// A spool that several processes use (scenario S3), on its whole way.
@Suite struct SpoolNeighbourScenarioTests {
    /// Two emitters and a dead one on one directory: every batch is sent once, by whoever.
    @Test func s3_whatTheDeadHaveLeftIsSentOnceByOneOfTheLiving() async throws {
        let folder = try TemporaryFolder()
        let spool = folder.file("spool")
        await #expect(processExitsWith: .signal(SIGKILL)) { [spool = spool as String] in
            let nobody = try ScriptedCollector(isListening: false)
            let scenario = try Scenario.makeWithSpool(nobody, spool)
            scenario.goWithoutCollector(collections: 20, series: 2)
            #expect(eventually { scenario.emitter.totals.pendingOnDisk == 40 })
            kill(getpid(), SIGKILL)
        }
        let collectors = try (0..<2).map { _ in try ScriptedCollector(isListening: false) }
        let scenarios = try collectors.map { try Scenario.makeWithSpool($0, spool) }
        for scenario in scenarios {
            scenario.goWithoutCollector(collections: 5, series: 3)
        }
        for scenario in scenarios {
            #expect(scenario.passBackoff { scenario.emitter.totals.pendingOnDisk >= 15 })
        }
        for collector in collectors { try collector.startListening() }
        for scenario in scenarios { #expect(scenario.passBackoffUntilDelivered()) }
        for scenario in scenarios {
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds()
        }
        let points = try collectors.flatMap { try $0.acceptedPoints() }
        #expect(Set(points).count == points.count, "a batch was sent twice")
        #expect(scenarios.map(\.emitter.totals.recorded).reduce(0, +) == points.count)
        // What the dead one left: its emitter's resource has an instance of its own.
        let instances = Set(points.map(\.resource))
        #expect(instances.count == 3)
        #expect(
            instances.map { instance in points.filter { $0.resource == instance }.count }
                .contains(40))
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: spool)
                .allSatisfy { !$0.hasSuffix(".batch") })
    }
}
