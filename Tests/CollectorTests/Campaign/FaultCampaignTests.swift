import Foundation
import TestSupport
import Testing

/// A process that emits through random faults to a real collector for minutes.
///
/// Two minutes; `OTEL_EMITTER_FAULT_SECONDS` asks for another time.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct FaultCampaignTests {
    /// What `/proc` says of the child at one time.
    private struct Footprint {
        let memory: Int
        let descriptors: Int
        let threads: Int

        init(_ child: ChildProcess) {
            let status = Program.bytes(of: child.processPath + "/status")
            let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
            func number(_ key: String) -> Int {
                let line = lines.first { $0.hasPrefix(key) }
                return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
            }
            memory = number("VmRSS:") << 10
            threads = number("Threads:")
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: child.processPath + "/fd")
            descriptors = names?.count ?? 0
        }
    }

    /// The numbers of a line such as `recorded=1 delivered=1 pending=0 lost=0`.
    private func numbers(_ line: Substring) -> [String: Int] {
        line.split(separator: " ").reduce(into: [:]) { numbers, word in
            let parts = word.split(separator: "=")
            if parts.count == 2 { numbers[String(parts[0])] = Int(parts[1]) }
        }
    }

    /// What a campaign has shown.
    private struct Outcome {
        var footprints: [Footprint] = []
        /// What the child printed.
        var lines: [Substring] = []
        var arrived: [OTLPPoint] = []
        /// Files that the child has left in the spool after the faults.
        var left: [String] = []
    }

    @Test func theAccountHoldsAndNothingGrows() async throws {
        let outcome = try await Background.result { try Self.run() }
        #expect(outcome.left == [])
        try expectAccount(outcome.lines, arrived: outcome.arrived)
        expectFlat(outcome.footprints)
    }

    private static func run() throws -> Outcome {
        let campaign = try Campaign("faults")
        let seconds = Campaign.setting("OTEL_EMITTER_FAULT_SECONDS", usually: 120)
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let uplink = try FaultyUplink(to: port.number, seed: campaign.seed, isCruel: true)
        let child = try campaign.startChild(uplink.endpoint, interval: 100, compression: "gzip")
        let end = ContinuousClock.now + .seconds(seconds)
        var outcome = Outcome()
        while ContinuousClock.now < end, child.exitStatus == nil {
            uplink.isUp = !campaign.random.oneIn(3)
            campaign.pass(milliseconds: 200...2000)
            outcome.footprints.append(Footprint(child))
        }
        uplink.calmDown()
        uplink.isUp = true
        _ = eventually(within: .seconds(90)) { campaign.spooledFiles.isEmpty }
        outcome.left = campaign.spooledFiles
        child.end()
        collector.end()
        outcome.lines = String(decoding: Program.bytes(of: campaign.output), as: UTF8.self)
            .split(separator: "\n")
        outcome.arrived = try sink.acceptedPoints()
        return outcome
    }

    private func expectAccount(_ lines: [Substring], arrived: [OTLPPoint]) throws {
        let accounts = lines.map(numbers).filter { $0["recorded"] != nil }
        for account in accounts {
            let parts = ["delivered", "pending", "lost"].map { account[$0] ?? -1 }
            #expect(account["recorded"] == parts.reduce(0, +))
        }
        let last = try #require(accounts.last)
        print("faults: \(lines.suffix(2).joined(separator: " ")), \(arrived.count) points arrived")
        #expect(last["pending"] == 0)
        #expect(last["lost"] == 0)
        // What is delivered twice counts once.
        #expect(Set(arrived).count == last["recorded"])
        let rounds = lines.lazy.map(numbers).compactMap { $0["rounds"] }.first
        let finals = arrived.filter { $0.metric.hasPrefix("events") }.suffix(8).map(\.value)
        #expect(finals == Array(repeating: "int \(rounds ?? -1)", count: 8))
        #expect((last["spooled"] ?? 0) > 0)
    }

    /// The last quarter is like the second one.
    private func expectFlat(_ footprints: [Footprint]) {
        let quarter = footprints.count / 4
        #expect(quarter > 1)
        let early = footprints[quarter..<2 * quarter]
        let late = footprints.suffix(quarter)
        func most(_ part: ArraySlice<Footprint>, _ value: (Footprint) -> Int) -> Int {
            part.map(value).max() ?? 0
        }
        let growth = most(late, \.memory) - most(early, \.memory)
        print("faults: resident memory grew by \(growth >> 10) KiB")
        #expect(growth < 4 << 20)
        #expect(most(late, \.descriptors) <= most(early, \.descriptors) + 2)
        #expect(most(late, \.threads) <= most(early, \.threads) + 2)
    }
}
