import Foundation
import TestBench
import TestSupport
import Testing

/// A process that is killed again and again, against a real collector that comes and goes.
///
/// Thirty kills; `OTEL_EMITTER_KILLS` asks for another number, such as a hundred.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct KillCampaignTests {
    @Test func whatWasSpooledArrivesHoweverOftenTheProcessIsKilled() throws {
        let campaign = try Campaign("kills")
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let uplink = try FaultyUplink(to: port.number, seed: campaign.seed, isCruel: false)
        var spooled: Set<OTLPPoint> = []
        let kills = Campaign.setting("OTEL_EMITTER_KILLS", usually: 30)
        for round in 0..<kills {
            let child = try campaign.startChild(
                uplink.endpoint, interval: 10, compression: round % 2 == 0 ? "gzip" : "none")
            for _ in 0..<Int.random(in: 1...3, using: &campaign.random) {
                uplink.isUp = campaign.random.oneIn(2)
                campaign.pass(milliseconds: 10...150)
            }
            child.kill()
            spooled.formUnion(try campaign.spooledPoints())
        }
        uplink.isUp = true
        let last = try campaign.startChild(uplink.endpoint, interval: 50, compression: "none")
        #expect(eventually(within: .seconds(300)) { campaign.spooledFiles.isEmpty })
        last.end()
        collector.end()
        let arrived = try sink.acceptedPoints()
        print("kills: \(spooled.count) points were on disk at a kill, \(arrived.count) arrived")
        #expect(spooled.count > kills)
        #expect(spooled.subtracting(arrived) == [])
        expectNoDecrease(arrived)
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
