import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// A day without a network, and a loss of power (scenarios S5 and S6), on their whole way.
@Suite struct SpoolTimeScenarioTests {
    private static let interval = Duration.seconds(300)
    private static let collectionsOfADay = 24 * 12

    /// A scenario with a spool there, that collects every five minutes.
    private static func make(
        _ collector: ScriptedCollector, _ directory: String, time: SteppedTime = SteppedTime(),
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Scenario {
        try Scenario.makeWithSpool(
            collector, directory, time: time, interval: interval, configure: configure)
    }

    private static func passADay(_ scenario: Scenario, series: Int) {
        scenario.goWithoutCollector(
            collections: collectionsOfADay, series: series, interval: interval)
    }

    /// A day passes without the collector; then everything arrives in order.
    @Test func s5_aDayOfflineArrivesInOrder() throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector(isListening: false)
        let scenario = try Self.make(collector, folder.file("spool"))
        Self.passADay(scenario, series: 5)
        let totals = scenario.emitter.totals
        #expect(totals.pending == 5 * Self.collectionsOfADay && totals.lost == 0, "\(totals)")
        try collector.startListening()
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        let values = try scenario.acceptedInOrder()
        let day = (1...Self.collectionsOfADay).map { "int \($0)" }
        #expect(Array(values.prefix(day.count)) == day)
        #expect(eventually { scenario.told.kinds.last == "recovered" })
        try scenario.expectHolds()
    }

    /// What a dead process left of a day is sent at a pace, and what the living one records meanwhile
    /// does not wait for its end.
    @Test func s5_liveDataDoNotWaitForADayOfTheDead() throws {
        let folder = try TemporaryFolder()
        let spool = folder.file("spool")
        let time = SteppedTime()
        do {
            let nobody = try ScriptedCollector(isListening: false)
            let dead = try Self.make(nobody, spool, time: time)
            Self.passADay(dead, series: 3)
            dead.shutdown(within: .seconds(5))
            let left = 3 * Self.collectionsOfADay + 3
            #expect(dead.emitter.totals.pendingOnDisk == left)
            try dead.expectHolds(recorded: left, pending: left)
        }
        // Amid the day of the dead something is recorded, and its interval is over.
        let living = Monitor<Scenario?>(nil)
        let answered = Monitor(0)
        let collector = try ScriptedCollector(
            otherwise: .judging { _ in
                let count = answered.withLock { count in
                    count += 1
                    return count
                }
                if count == 10 {
                    let scenario = living.wait(within: .seconds(20)) { $0 }
                    scenario?.count()
                    scenario?.pass(Self.interval)
                }
                return HTTPAnswer(200)
            })
        let scenario = try Self.make(collector, spool, time: time)
        living.withLock { $0 = scenario }
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        living.withLock { $0 = nil }
        let sizes = try collector.requests.map { try $0.points().count }
        let live = try #require(sizes.firstIndex(of: 1))
        #expect((10...11).contains(live), "of \(sizes.count) requests")
        try scenario.expectHolds()
    }

    /// What is older than the limit is declared lost, and the rest arrives.
    @Test func s5_whatIsTooOldIsDeclaredLost() throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector(isListening: false)
        let scenario = try Self.make(collector, folder.file("spool")) {
            $0.spool?.ageLimit = .seconds(12 * 3600)
        }
        Self.passADay(scenario, series: 2)
        try collector.startListening()
        #expect(scenario.passBackoffUntilDelivered())
        scenario.shutdown()
        let lost = scenario.emitter.totals.lostByReason
        let expired = try #require(lost[.expired])
        // Half a day, to within what waits in memory and how often it is looked.
        #expect(abs(expired - Self.collectionsOfADay) <= 8, "\(lost)")
        try scenario.expectHolds(lost: [.expired: expired])
    }

    /// The power fails: what the file system has not been made to write is gone. A copy of a real
    /// disk, taken while it is mounted, is what a machine finds that starts again.
    @Test(
        .enabled(if: PrivateMount.allowsImages, "this user may not mount files as disks"))
    func s6_aLossOfPowerTakesNothingThatWasSpooled() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            try PrivateMount.enter()
            let (disk, after) = (folder.file("disk.img"), folder.file("after.img"))
            try PrivateMount.makeImage(disk, mebibytes: 16)
            try PrivateMount.image(disk, at: folder.file("before"))
            let nobody = try ScriptedCollector(isListening: false)
            let before = try SpoolTimeScenarioTests.make(nobody, folder.file("before/spool"))
            before.goWithoutCollector(
                collections: 20, series: 3, interval: SpoolTimeScenarioTests.interval)
            #expect(eventually { before.emitter.totals.pendingOnDisk == 60 })
            // Beside it lies what nobody has synchronised: it shows that the power did fail.
            let file = fopen(folder.file("before/unsynchronised"), "w")
            #expect(fputs("lost", file) >= 0 && fclose(file) == 0)
            try FileManager.default.copyItem(atPath: disk, toPath: after)
            try PrivateMount.image(after, at: folder.file("after"))
            #expect(throws: (any Error).self) { try folder.bytes("after/unsynchronised") }
            let collector = try ScriptedCollector()
            let scenario = try SpoolTimeScenarioTests.make(collector, folder.file("after/spool"))
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.shutdown().isComplete)
            #expect(scenario.emitter.totals.replayed == 60)
            let values = try scenario.acceptedInOrder()
            #expect(values.prefix(20) == (1...20).map { "int \($0)" }[...])
            try scenario.expectHolds()
            withExtendedLifetime(before) {}
        }
    }
}
