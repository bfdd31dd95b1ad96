import Instruments
import OTelEmitter
import RPPTelemetry
import TestSupport
import Testing

@testable import rpp_node

/// A whole node, a real collector, and three accounts of what happened that have to agree.
@Suite(
    .serialized,
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct NodeRoundTripTests {
    private static let seed: UInt64 = 41
    /// Far longer than a run takes: a hang becomes a failure.
    private static let hangLimit = Duration.seconds(120)

    /// Proofs small enough for debug builds; the number of rounds ends the run.
    private func configuration(stopped: Int = 0) -> NodeConfiguration {
        var configuration = NodeConfiguration()
        configuration.seed = Self.seed
        configuration.duration = .seconds(60)
        configuration.roundLimit = 5
        configuration.stoppedValidators = stopped
        configuration.roundTimeout = stopped == 0 ? .seconds(3) : .milliseconds(200)
        configuration.blockProofs = .tiny
        configuration.lightProofs = .tiny
        return configuration
    }

    /// Configured by the environment alone, as the program is.
    private func makeEmitter(_ port: HeldPort, compression: String = "none") -> Emitter {
        var configuration = EmitterConfiguration(environment: [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)",
            "OTEL_EXPORTER_OTLP_COMPRESSION": compression, "OTEL_METRIC_EXPORT_INTERVAL": "100",
            "OTEL_SERVICE_NAME": "rpp",
            "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test",
        ])
        #expect(configuration.problems.isEmpty)
        configuration.diagnosticHandler = { _ in }
        configuration.keepsLastCollection = true
        return Emitter(configuration)
    }

    private func makeTelemetry(_ emitter: Emitter) -> NodeTelemetry {
        NodeTelemetry(
            provider: emitter.meterProvider,
            nodeID: NodeIdentity.peerID(seed: Self.seed, validator: 0))
    }

    @Test(arguments: [("none", 0), ("gzip", 0), ("none", 2)])
    func ledgerSnapshotAndCollectorAgree(compression: String, stopped: Int) throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let emitter = makeEmitter(port, compression: compression)
        let telemetry = makeTelemetry(emitter)
        let outcome = try Node(configuration(stopped: stopped), telemetry: telemetry).run { _ in }
        // However fast the run was, there is more than one collection.
        #expect(emitter.flush(timeout: .seconds(30)).isComplete)
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        collector.end()
        let rounds = outcome.ledger.rounds
        #expect((stopped == 0 ? rounds.sealed : rounds.timedOut) >= 1)
        try expectAgreement(of: outcome, telemetry, emitter, sink)
    }

    @Test func theyAgreeWhenTheCollectorStartsLate() throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let emitter = makeEmitter(port)
        let telemetry = makeTelemetry(emitter)
        let node = try Node(configuration(), telemetry: telemetry)
        let run = Background { Result { try node.run { _ in } } }
        #expect(eventually { emitter.totals.pending > 0 })
        #expect(emitter.totals.delivered == 0)
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let outcome = try #require(run.value(within: Self.hangLimit)).get()
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        collector.end()
        #expect(outcome.ledger.rounds.sealed >= 3)
        try expectAgreement(of: outcome, telemetry, emitter, sink)
    }

    /// What of a point tells its series.
    private struct Series: Hashable {
        let resource, scope, metric, attributes: String

        init(_ point: OTLPPoint) {
            (resource, scope) = (point.resource, point.scope)
            (metric, attributes) = (point.metric, point.attributes)
        }
    }

    private func expectAgreement(
        of outcome: Node.Outcome, _ telemetry: NodeTelemetry, _ emitter: Emitter,
        _ sink: ScriptedCollector, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.isComplete, sourceLocation: sourceLocation)
        let arrived = try sink.acceptedPoints()
        let last = try #require(emitter.lastCollection)

        // recorded = delivered + pending + lost, and nothing pends or is lost.
        let totals = emitter.totals
        #expect(totals.recorded == totals.delivered, sourceLocation: sourceLocation)
        #expect(totals.delivered == arrived.count, sourceLocation: sourceLocation)
        #expect(totals.pending == 0 && totals.lost == 0, sourceLocation: sourceLocation)
        #expect(totals.recorded > last.pointCount, sourceLocation: sourceLocation)

        // Every metric of the last collection is the collector's last word on it, in every value.
        let lastWords = Dictionary(arrived.map { (Series($0), $0) }, uniquingKeysWith: { $1 })
        let meant = OTLPPoint.all(in: last)
        #expect(lastWords.count == meant.count, sourceLocation: sourceLocation)
        for point in meant where lastWords[Series(point)] != point {
            let other = lastWords[Series(point)].map { "\($0)" } ?? "missing"
            Issue.record("\(point) is \(other)", sourceLocation: sourceLocation)
        }
        #expect(arrived.allSatisfy { $0.start < $0.time }, sourceLocation: sourceLocation)
        let resources = Set(arrived.map(\.resource))
        #expect(resources.count == 1, sourceLocation: sourceLocation)
        for part in ["service.name=string rpp", "deployment.environment.name=string test"] {
            #expect(
                resources.allSatisfy { $0.contains(part) }, sourceLocation: sourceLocation)
        }
        expectFigures(
            outcome.ledger, telemetry.snapshot(from: last), Array(lastWords.values),
            sourceLocation: sourceLocation)
    }

    /// Ledger = snapshot = collector, for every figure of the ledger.
    private func expectFigures(
        _ ledger: Ledger, _ snapshot: TelemetrySnapshot, _ collected: [OTLPPoint],
        sourceLocation: SourceLocation
    ) {
        #expect(
            Mirror(reflecting: ledger).children.map(\.label) == NodeFigures.parts,
            sourceLocation: sourceLocation)
        let own = NodeFigures.all(in: ledger)
        let derived = NodeFigures.all(in: snapshot)
        #expect(NodeFigures.all(in: collected) == own, sourceLocation: sourceLocation)
        #expect(
            own.filter { derived.keys.contains($0.key) } == derived,
            sourceLocation: sourceLocation)
        for name in ["rounds started", "replies success", "votes inbound", "proofs made"] {
            #expect(own[name] ?? 0 > 0, "\(name)", sourceLocation: sourceLocation)
        }
    }
}
