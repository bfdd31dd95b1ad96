import Examples
import Instruments
import OTelEmitter
import RPPTelemetry
import Testing

/// The examples of `Documentation/adopting.md` record what the guide says.
@Suite struct ExamplesTests {
    private struct Refusal: Error {}

    private func make(hasNetwork: Bool = true) -> NodeProcess {
        var configuration = NodeTelemetryConfiguration(
            mode: .hybrid, version: "1", environment: ["OTEL_SDK_DISABLED": "true"])
        configuration.emitter.diagnosticHandler = { _ in }
        return NodeProcess(configuration, identity: "12D3KooWExample", hasNetwork: hasNetwork)
    }

    @Test func aNodeThatCallsThemHasItsFiguresInTheSnapshot() {
        let node = make()
        let (runtime, gossip) = (node.telemetry.runtime, GossipHandler(node.telemetry))
        let production = BlockProduction(runtime)
        production.produceBlock(
            height: 1, round: 0, leader: "a", propose: {}, execute: {}, validate: {},
            prevote: { true }, awaitQuorum: { true }, commit: { "0x1" })
        production.produceBlock(
            height: 2, round: 0, leader: "b", propose: {}, execute: {}, validate: {},
            prevote: { false }, awaitQuorum: { false }, commit: { nil })
        #expect(provingTransaction(runtime) { [1, 2, 3] } == [1, 2, 3])
        #expect(
            verifyingProof([1], of: .state, runtime, parametersFit: true, rootsMatch: true))
        #expect(
            !verifyingProof([1], of: .state, runtime, parametersFit: false, rootsMatch: true))
        gossip.received(100, on: .votes, isDecodable: true)
        gossip.received(50, on: .votes, isDecodable: false)
        gossip.refusedIdentity()
        gossip.sent(20, on: .blocks)
        gossip.heartbeat(mesh: [.votes: 3], scores: ["peerA": -6, "peerB": 1])
        gossip.disconnected("peerB", remaining: 1)
        #expect(
            !handlingVote(
                isTimely: true, isForInvalidBlock: true, isSecondVote: true, runtime))
        #expect(
            !handlingVote(
                isTimely: false, isForInvalidBlock: false, isSecondVote: false, runtime))
        #expect(NodeStore(metrics: runtime).flushLog([1]) { _ in true })
        #expect(!NodeStore(metrics: runtime).flushLog([1]) { _ in false })
        #expect(NodeStore().flushLog([1]) { _ in true })
        #expect(NodeStore(metrics: runtime).flushHeader([1, 2]) { _ in true })
        #expect(!NodeStore().flushHeader([1, 2]) { _ in false })
        #expect(answering(.status, runtime) { 200 } == 200)
        #expect(answering(.other, runtime) { throw Refusal() } == 500)

        let view = node.telemetry.snapshot()
        #expect(view.blockHeight == 1 && view.blockHash == "0x1" && view.peerCount == 1)
        #expect(view.roundLatencies.count == 2 && view.leaderChanges == 1)
        #expect(view.verifierMetrics["rpp-stark"]?.accepted == 1)
        #expect(view.verifierMetrics["rpp-stark"]?.rejected == 1)
        #expect(view.witnessEvents == 1 && view.slashingEvents == 3 && view.failedVotes == 3)
        #expect(view.network.inboundBytes == 150 && view.network.outboundBytes == 20)
        #expect(view.network.peerScores == [.init(peer: "peerA", score: -6)])
        let flushes = node.emitter.meterProvider.collect().metric(
            "rpp.runtime.storage.wal_flush.total", scope: "rpp.runtime")
        guard case .sum(let points, _, _) = flushes?.data else {
            Issue.record("no flushes")
            return
        }
        #expect(points.map(\.value).sorted { "\($0)" < "\($1)" } == [.int(0), .int(1), .int(2)])
        #expect(node.worker == nil)
        _ = node.stop()
    }

    @Test func withoutANetworkTheSameCodeWorks() {
        let node = make(hasNetwork: false)
        let gossip = GossipHandler(node.telemetry)
        gossip.received(100, on: .votes, isDecodable: true)
        gossip.heartbeat(mesh: [.votes: 3], scores: ["peerA": -6])
        gossip.disconnected("peerA", remaining: 0)
        #expect(node.telemetry.snapshot().network == NetworkMetricsSnapshot())
        #expect(node.telemetry.snapshot().witnessEvents == 1)
        _ = node.stop()
    }

    @Test func operatorsReadPages() throws {
        let node = make()
        node.telemetry.runtime.setChainHead(height: 7, hash: "0x7")
        let metrics = try #require(node.page("/metrics", accept: "application/openmetrics-text"))
        #expect(metrics.contentType.hasPrefix("application/openmetrics-text"))
        let text = String(decoding: metrics.body, as: UTF8.self)
        #expect(text.contains(#"rpp_runtime_chain_block_height{otel_scope_name="rpp.runtime"} 7"#))
        let snapshot = try #require(node.page("/telemetry", accept: nil))
        let read = try TelemetrySnapshot(json: snapshot.body)
        #expect(read.blockHeight == 7)
        #expect(node.page("/other", accept: nil) == nil)
    }
}
