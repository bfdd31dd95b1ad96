import Foundation
import TestSupport
import Testing

/// A process that is killed again and again, against a real collector that comes and goes.
///
/// A hundred kills; `OTEL_EMITTER_KILLS` asks for another number.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct KillCampaignTests {
    /// What a campaign has shown.
    private struct Outcome {
        var kills = 0
        var spooled: Set<OTLPPoint> = []
        var arrived: [OTLPPoint] = []
        /// Files that the last process has left in the spool.
        var left: [String] = []
    }

    @Test func whatWasSpooledArrivesHoweverOftenTheProcessIsKilled() async throws {
        let outcome = try await Background.result { try Self.run() }
        let (spooled, arrived) = (outcome.spooled, outcome.arrived)
        print("kills: \(spooled.count) points were on disk at a kill, \(arrived.count) arrived")
        #expect(outcome.left == [])
        #expect(spooled.count > outcome.kills)
        #expect(spooled.subtracting(arrived) == [])
        expectNoDecrease(arrived)
    }

    private static func run() throws -> Outcome {
        let campaign = try Campaign("kills")
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let uplink = try FaultyUplink(to: port.number, seed: campaign.seed, isCruel: false)
        var outcome = Outcome(kills: Campaign.setting("OTEL_EMITTER_KILLS", usually: 100))
        for round in 0..<outcome.kills {
            let child = try campaign.startChild(
                uplink.endpoint, interval: 10, compression: round % 2 == 0 ? "gzip" : "none")
            for _ in 0..<Int.random(in: 1...3, using: &campaign.random) {
                uplink.isUp = campaign.random.oneIn(2)
                campaign.pass(milliseconds: 10...150)
            }
            child.kill()
            outcome.spooled.formUnion(try campaign.spooledPoints())
        }
        uplink.isUp = true
        let last = try campaign.startChild(uplink.endpoint, interval: 50, compression: "none")
        _ = eventually(within: .seconds(120)) { campaign.spooledFiles.isEmpty }
        outcome.left = campaign.spooledFiles
        last.end()
        collector.end()
        outcome.arrived = try sink.acceptedPoints()
        return outcome
    }

    /// In the order of arrival, a counter never falls within one start time.
    private func expectNoDecrease(_ arrived: [OTLPPoint]) {
        struct Series: Hashable {
            let resource: String
            let attributes: String
            let start: UInt64
        }
        var latest: [Series: Int] = [:]
        for point in arrived where point.metric.hasPrefix("events") {
            let series = Series(
                resource: point.resource, attributes: point.attributes, start: point.start)
            guard let value = Int(point.value.dropFirst("int ".count)) else {
                Issue.record("\(point.value) is no count")
                return
            }
            if let before = latest[series], value < before {
                Issue.record("\(series) falls from \(before) to \(value)")
                return
            }
            latest[series] = value
        }
        #expect(latest.count > 8)
    }
}
