import Instruments
import OTelEmitter
import RPPTelemetry
import TestSupport
import Testing

@testable import rpp_node

/// A node that posts its snapshots: whatever the server does, no round is lost.
@Suite(.serialized) struct TelemetryWorkerTests {
    private static let metric = "otelemitter.telemetry_worker.snapshots.superseded"

    private struct Run {
        let outcome: Node.Outcome
        let totals: HTTPPushTotals
        /// The counter's last value.
        let superseded: Int
    }

    /// A node of some rounds beside a worker with a very short interval.
    private func run(
        _ endpoint: String, within limit: Duration = .seconds(5),
        configure: (inout TelemetryWorkerConfiguration) -> Void = { _ in }
    ) throws -> Run {
        var configuration = NodeConfiguration()
        configuration.seed = 41
        configuration.duration = .seconds(60)
        configuration.roundLimit = 8
        configuration.roundTimeout = .seconds(3)
        configuration.roundInterval = .milliseconds(20)
        configuration.blockProofs = .tiny
        configuration.lightProofs = .tiny
        let provider = MeterProvider()
        let telemetry = NodeTelemetry(provider: provider, nodeID: "node")
        var options = TelemetryWorkerConfiguration(
            endpoint: try #require(Endpoint(exactly: endpoint)))
        options.interval = .milliseconds(5)
        options.diagnosticHandler = { _ in }
        configure(&options)
        let worker = TelemetryWorker(telemetry, options)
        let outcome = try Node(configuration, telemetry: telemetry).run { _ in }
        worker.shutdown(timeout: limit)
        // What was cut off ends a little after its caller.
        #expect(eventually { worker.totals.isBalanced })
        let collection = provider.collect()
        let metric = collection.metric(Self.metric, scope: "otelemitter")
        guard case .sum(let points, true, _) = metric?.data, let value = points.first?.value,
            case .int(let superseded) = value
        else { throw SystemError(text: "no counter: \(String(describing: metric))") }
        #expect(metric?.descriptor.unit == "{snapshot}" && points.count == 1)
        let rounds = collection.metric(
            "rpp.runtime.consensus.round.duration", scope: "rpp.runtime")
        guard case .histogram(let durations, _, _) = rounds?.data else {
            throw SystemError(text: "no rounds")
        }
        #expect(
            durations.reduce(0) { $0 + $1.count } == outcome.ledger.rounds.started,
            "a round is missing")
        return Run(outcome: outcome, totals: worker.totals, superseded: Int(superseded))
    }

    private func expectUnharmed(_ run: Run, sourceLocation: SourceLocation = #_sourceLocation) {
        let rounds = run.outcome.ledger.rounds
        #expect(run.outcome.isComplete, sourceLocation: sourceLocation)
        #expect(rounds.started >= 8, "\(rounds)", sourceLocation: sourceLocation)
        // Every one has ended; on a loaded machine one may time out, with or without a worker.
        #expect(
            rounds.started == rounds.sealed + rounds.timedOut && rounds.sealed >= 6, "\(rounds)",
            sourceLocation: sourceLocation)
        let totals = run.totals
        #expect(totals.isBalanced, "\(totals)", sourceLocation: sourceLocation)
        #expect(totals.offered > 0, sourceLocation: sourceLocation)
        #expect(run.superseded == totals.superseded, sourceLocation: sourceLocation)
    }

    @Test func snapshotsArriveAsTheyAre() throws {
        let server = try ScriptedCollector()
        let run = try run(server.endpoint) {
            $0.headers = [HTTPHeader("Authorization", "Bearer t0k3n")].compactMap { $0 }
        }
        expectUnharmed(run)
        let requests = server.requests
        #expect(requests.count == run.totals.delivered && run.totals.abandoned == 0)
        let snapshots = try requests.map { try TelemetrySnapshot(json: $0.body) }
        let heights = snapshots.map(\.blockHeight)
        #expect(heights == heights.sorted() && heights.last ?? 0 >= 6)
        #expect(requests.allSatisfy { $0.header("Authorization") == ["Bearer t0k3n"] })
        // The last one is of the node at rest.
        #expect(snapshots.last?.roundLatencies.count ?? 0 >= 8)
    }

    @Test func aServerThatHangsCostsACounter() throws {
        let server = try ScriptedCollector(otherwise: .mute)
        let run = try run(server.endpoint, within: .milliseconds(200))
        expectUnharmed(run)
        #expect(run.totals.delivered == 0 && run.totals.abandoned == 1)
        #expect(run.superseded > 0)
    }

    @Test func aServerThatFailsCostsACounter() throws {
        let busy = try ScriptedCollector(otherwise: .answering(503))
        let run = try run(busy.endpoint)
        expectUnharmed(run)
        #expect(run.totals.delivered == 0 && run.superseded > 0)
        #expect(!busy.requests.isEmpty)
        let broken = try ScriptedCollector(otherwise: .answering(500))
        let refused = try self.run(broken.endpoint)
        expectUnharmed(refused)
        #expect(refused.totals.delivered == 0 && refused.superseded > 0)
        #expect(!broken.requests.isEmpty)
    }

    @Test func aServerThatIsSlowGetsTheNewest() throws {
        var slow = HTTPAnswer(200)
        slow.pause = .milliseconds(1)
        let server = try ScriptedCollector(otherwise: .answering(slow))
        let run = try run(server.endpoint)
        expectUnharmed(run)
        #expect(run.totals.delivered > 0 && run.superseded > 0)
    }

    @Test func aServerThatDisappearsIsFoundAgain() throws {
        let port = try HeldPort()
        let run = try run("http://127.0.0.1:\(port.number)/", within: .milliseconds(200))
        expectUnharmed(run)
        #expect(run.totals.delivered == 0 && run.superseded > 0)
        let server = try ScriptedCollector()
        let relay = try Relay(to: server.port)
        let other = try self.run("http://127.0.0.1:\(relay.port)/") { options in
            options.snapshotLog = { [stop = Monitor(3)] _ in
                // Amid the run its connections break.
                let left = stop.withLock { left in
                    left -= 1
                    return left
                }
                relay.set(left < 0 && left > -6 ? .resetting : .open)
            }
        }
        expectUnharmed(other)
        // It was found again: the last snapshot, of the node at rest, is there.
        let last = try #require(server.requests.last { $0.isAccepted })
        #expect(try TelemetrySnapshot(json: last.body).roundLatencies.count >= 8)
        #expect(relay.connections >= 2 && other.totals.abandoned == 0)
    }

    /// Log lines have heights and counts, and nothing that tells who the node is.
    @Test func linesAndStreamsHaveTheSnapshots() async throws {
        let server = try ScriptedCollector()
        let telemetry = NodeTelemetry(provider: MeterProvider(), nodeID: "12D3KooWSecret")
        telemetry.runtime.setChainHead(height: 7, hash: "0xsecret")
        telemetry.runtime.setPeerCount(3)
        let lines = Monitor<[String]>([])
        var options = TelemetryWorkerConfiguration(
            endpoint: try #require(Endpoint(exactly: server.endpoint)))
        options.interval = .milliseconds(5)
        options.snapshotLog = { line in lines.withLock { $0.append(line) } }
        let worker = TelemetryWorker(telemetry, options)
        var seen = 0
        for await snapshot in worker.snapshots() {
            #expect(snapshot.blockHash == "0xsecret" && snapshot.blockHeight == 7)
            seen += 1
            if seen == 3 { break }
        }
        #expect(worker.snapshot().peerCount == 3)
        let rest = worker.snapshots()
        #expect(worker.shutdown())
        var left = 0
        for await _ in rest { left += 1 }
        #expect(left <= 1)
        for await _ in worker.snapshots() { Issue.record("a stream after the end") }
        #expect(
            Set(lines.withLock { $0 }) == ["block_height=7 transaction_count=0 peer_count=3"])
    }
}

extension HTTPPushTotals {
    /// Whether every snapshot is accounted for, once the worker has ended.
    fileprivate var isBalanced: Bool { offered == delivered + superseded + abandoned }
}
