import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Values that go through a real collector come out as they went in, one by one.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct RoundTripTests {
    private func makeEmitter(
        _ port: HeldPort, configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Emitter {
        var configuration = EmitterConfiguration(environment: [:])
        let endpoint = try #require(Endpoint(base: "http://127.0.0.1:\(port.number)"))
        configuration.endpoint = endpoint
        configuration.resource = KnownValues.resource
        configuration.exportInterval = .seconds(3600)
        // Only what a test records is exported, and when it says so.
        configuration.startPhase = 1
        configuration.isSelfObserved = false
        configuration.diagnosticHandler = { _ in }
        configuration.keepsLastCollection = true
        configure(&configuration)
        return Emitter(configuration)
    }

    /// The collector's re-encoding holds exactly these snapshots, in order, and the account agrees.
    private func expect(
        _ snapshots: [MetricsSnapshot], at sink: ScriptedCollector, from emitter: Emitter,
        lost: [LossReason: Int] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let arrived = try sink.acceptedPoints()
        OTLPPoint.expect(arrived, toBe: snapshots, sourceLocation: sourceLocation)
        let totals = emitter.totals
        let account = totals.delivered + totals.pending + totals.lost
        #expect(totals.recorded == account, sourceLocation: sourceLocation)
        #expect(totals.delivered == arrived.count, sourceLocation: sourceLocation)
        #expect(totals.pending == 0, sourceLocation: sourceLocation)
        #expect(totals.lostByReason == lost, sourceLocation: sourceLocation)
    }

    @Test(arguments: [Compression.none, .gzip])
    func everyValueArrives(compression: Compression) throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let emitter = try makeEmitter(port) { $0.compression = compression }
        KnownValues.observe(with: emitter.meterProvider)
        KnownValues.record(into: emitter.meterProvider)
        #expect(emitter.flush().isComplete)
        let first = try #require(emitter.lastCollection)
        KnownValues.record(into: emitter.meterProvider, round: 2)
        #expect(emitter.shutdown().isComplete)
        let last = try #require(emitter.lastCollection)
        collector.end()
        #expect(first.pointCount == KnownValues.pointCount)
        #expect(first != last)
        try expect([first, last], at: sink, from: emitter)
    }

    @Test func severalBatchesArriveInOrder() throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let emitter = try makeEmitter(port) {
            $0.batchLimits.points = 20
            $0.batchLimits.bytes = 10_000
            $0.compression = .gzip
        }
        KnownValues.observe(with: emitter.meterProvider)
        KnownValues.record(into: emitter.meterProvider)
        #expect(emitter.shutdown().isComplete)
        collector.end()
        #expect(sink.requests.count > 8)
        try expect([try #require(emitter.lastCollection)], at: sink, from: emitter)
    }

    @Test func collectorThatStartsLateGetsEverything() throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let emitter = try makeEmitter(port)
        var snapshots: [MetricsSnapshot] = []
        for round in 1...3 {
            KnownValues.record(into: emitter.meterProvider, round: round)
            #expect(!emitter.flush(timeout: .milliseconds(700)).isComplete)
            snapshots.append(try #require(emitter.lastCollection))
        }
        #expect(emitter.totals.pending == emitter.totals.recorded)
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        snapshots.append(try #require(emitter.lastCollection))
        collector.end()
        try expect(snapshots, at: sink, from: emitter)
    }

    @Test func collectorThatIsReplacedGetsTheRest() throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        var collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let emitter = try makeEmitter(port)
        var snapshots: [MetricsSnapshot] = []
        KnownValues.record(into: emitter.meterProvider)
        #expect(emitter.flush().isComplete)
        snapshots.append(try #require(emitter.lastCollection))
        collector.end()
        KnownValues.record(into: emitter.meterProvider, round: 2)
        #expect(!emitter.flush(timeout: .milliseconds(700)).isComplete)
        snapshots.append(try #require(emitter.lastCollection))
        collector = try GenuineCollector(on: port, sendingTo: sink.port)
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        snapshots.append(try #require(emitter.lastCollection))
        collector.end()
        try expect(snapshots, at: sink, from: emitter)
    }

    @Test func failureBehindTheCollectorReachesTheEmitter() throws {
        // The collector turns a passing failure into 503 and a lasting one into 400.
        let sink = try ScriptedCollector(.answering(503, 200, 400, 200))
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let emitter = try makeEmitter(port)
        emitter.meter("shop").counter("orders").add(1)
        #expect(emitter.flush(timeout: .seconds(20)).isComplete)
        let first = try #require(emitter.lastCollection)
        #expect(!emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(emitter.totals.lostByReason == [.rejected: 1])
        #expect(!emitter.shutdown(timeout: .seconds(20)).isComplete)
        let last = try #require(emitter.lastCollection)
        collector.end()
        #expect(sink.requests.map(\.answer) == [503, 200, 400, 200])
        try expect([first, last], at: sink, from: emitter, lost: [.rejected: 1])
    }
}
