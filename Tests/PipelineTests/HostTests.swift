import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What a careless or stuck host can't do to its exports, and exports not to it.
@Suite struct HostTests {
    @Test func aHandlerThatBlocksStopsNeitherExportsNorRegistration() throws {
        let gate = Latch()
        defer { gate.open() }
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) {
            $0.diagnosticHandler = { _ in _ = gate.wait(within: .seconds(60)) }
        }
        // Registering and collecting this tell something.
        pipeline.emitter.meter("pipeline").counter("1 bad name").add(-1)
        for _ in 0..<3 {
            pipeline.count()
            #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        }
        #expect(pipeline.emitter.shutdown(timeout: .seconds(20)).isComplete)
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func aHandlerMayFlushAndShutDown() throws {
        let collector = try ScriptedCollector()
        let told = Diagnostics()
        let box = EmitterBox()
        let pipeline = try Pipeline.make(to: collector) {
            $0.diagnosticHandler = { diagnostic in
                if let emitter = box.emitter {
                    #expect(emitter.flush(timeout: .seconds(20)).isComplete)
                    #expect(emitter.shutdown(timeout: .seconds(20)).isComplete)
                }
                told.add(diagnostic)
            }
        }
        box.set(pipeline.emitter)
        defer { box.set(nil) }
        pipeline.count()
        pipeline.emitter.meter("pipeline").counter("1 bad name").add(1)
        #expect(told.text(containing: "1 bad name") != nil)
        // Whether the handler was quicker than the measurement is left to chance.
        let totals = pipeline.emitter.totals
        #expect(totals.recorded >= 2)
        try pipeline.expectAccount(recorded: totals.recorded)
    }

    @Test func problemsAreToldThoughNothingIsExported() {
        let told = Diagnostics()
        var configuration = EmitterConfiguration(environment: [
            "OTEL_SDK_DISABLED": "true", "OTEL_METRIC_EXPORT_INTERVAL": "often",
        ])
        configuration.diagnosticHandler = { told.add($0) }
        let emitter = Emitter(configuration)
        #expect(told.text(containing: "\"often\"") != nil)
        withExtendedLifetime(emitter) {}
    }

    @Test func aCollectorThatKeepsRefusingIsToldOnce() throws {
        let collector = try ScriptedCollector(.answering(404, 404, 404, 401))
        let pipeline = try Pipeline.make(to: collector)
        for _ in 0..<4 {
            pipeline.count()
            #expect(!pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        }
        #expect(pipeline.told.kinds == ["rejected", "rejected"])
        let texts = pipeline.told.all.map(\.description)
        #expect(texts.allSatisfy { $0.contains("refused 1 data points") }, "\(texts)")
        #expect(texts.last?.contains("401") == true, "\(texts)")
        try pipeline.expectAccount(recorded: 4, lost: [.rejected: 4])
    }

    @Test func aFlushWhoseCollectionWasGivenUpIsNotComplete() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) { $0.queueByteLimit = 1 }
        pipeline.count()
        let emitter = pipeline.emitter
        let first = Background { emitter.flush(timeout: .seconds(60)) }
        #expect(eventually { emitter.totals.recorded == 1 })
        // The second collection takes the place of the first one, which still waits.
        #expect(!emitter.flush(timeout: .milliseconds(700)).isComplete)
        #expect(!first.isDone)
        try collector.startListening()
        let report = try #require(first.value())
        #expect(report.isComplete)
        #expect(report.totals.delivered == 1)
        try pipeline.expectAccount(recorded: 2, lost: [.superseded: 1])
    }
}

/// Lets a handler that is made before its emitter know it.
private final class EmitterBox: Sendable {
    private let kept = Monitor<Emitter?>(nil)

    var emitter: Emitter? { kept.withLock { $0 } }

    func set(_ emitter: Emitter?) { kept.withLock { $0 = emitter } }
}
