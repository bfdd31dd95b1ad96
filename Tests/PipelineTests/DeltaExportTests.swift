import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Differences on their way to the collector.
@Suite struct DeltaExportTests {
    private func values(_ collector: ScriptedCollector) throws -> [[String]] {
        try collector.requests.filter(\.isAccepted).map { try $0.points().map(\.value) }
    }

    @Test func eachExportHasWhatCameSinceTheOneBefore() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.temporality = .delta }
        let emitter = pipeline.emitter
        let counter = emitter.meter("pipeline").counter("events")
        let queue = emitter.meter("pipeline").upDownCounter("queued")
        for amount in [3, 4] {
            counter.add(amount)
            queue.add(amount)
            #expect(emitter.flush().isComplete)
        }
        #expect(try values(collector) == [["int 3", "int 3"], ["int 4", "int 7"]])
        let points = try collector.requests.map { try $0.points() }
        #expect(points[1][0].start == points[0][0].time)
        #expect(points[1][1].start == points[0][1].start)
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func whatWasNotMeasuredIsNotSent() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.temporality = .delta }
        let counter = pipeline.emitter.meter("pipeline").counter("events")
        counter.add(1)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.flush().isComplete)
        counter.add(0)
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(try values(collector) == [["int 1"], ["int 0"]])
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func nothingIsGivenUpWhenTheQueueIsFull() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) {
            $0.temporality = .delta
            $0.queueByteLimit = 1
        }
        let counter = pipeline.emitter.meter("pipeline").counter("events")
        for _ in 0..<5 {
            counter.add(1)
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
        }
        // One difference waits; the others will be part of the next one.
        try pipeline.expectAccount(recorded: 1, pending: 1)
        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(try values(collector) == [["int 1"], ["int 4"]])
        counter.add(1)
        #expect(pipeline.emitter.shutdown().isComplete)
        try pipeline.expectAccount(recorded: 3)
    }

    @Test func theLastDifferenceIsNotForgottenAtShutdown() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) {
            $0.temporality = .delta
            $0.queueByteLimit = 1
        }
        let counter = pipeline.emitter.meter("pipeline").counter("events")
        for _ in 0..<3 {
            counter.add(1)
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
        }
        try collector.startListening()
        #expect(pipeline.emitter.shutdown(timeout: .seconds(20)).isComplete)
        #expect(try values(collector) == [["int 1"], ["int 2"]])
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func environmentSelectsTemporalityAndHistograms() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(
            to: collector,
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint,
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "Delta",
                "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION":
                    "BASE2_exponential_bucket_histogram",
            ])
        pipeline.emitter.meter("pipeline").histogram("sizes").record(3)
        #expect(pipeline.emitter.shutdown().isComplete)
        let body = String(decoding: try #require(collector.requests.first).body, as: UTF8.self)
        #expect(body.contains("\"exponentialHistogram\""))
        #expect(body.contains("\"aggregationTemporality\":1"))
    }
}
