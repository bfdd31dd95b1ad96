import OTelEmitter
import TestSupport
import Testing

/// An endpoint that is a Unix socket, on the whole way.
@Suite struct UnixSocketPipelineTests {
    private let folder: TemporaryFolder
    private let collector: ScriptedCollector

    init() throws {
        folder = try TemporaryFolder()
        collector = try ScriptedCollector()
    }

    private var path: String { folder.file("otel.sock") }

    @Test func dataPointsArriveThroughTheSocket() throws {
        let relay = try Relay(onUnixSocket: path, to: collector.port)
        let pipeline = try Pipeline.make(
            to: collector, environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "unix://\(path)"])
        pipeline.count(series: 3)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.shutdown().isComplete)
        try pipeline.expectAccount(recorded: 6)
        #expect(collector.requests.map(\.target) == ["/v1/metrics", "/v1/metrics"])
        #expect(relay.connections == 1)
    }

    @Test func aSocketThatIsNotThereYetIsAnOutageThatPasses() throws {
        let pipeline = try Pipeline.make(to: collector) {
            $0.endpoint = Endpoint(exactly: "unix://\(path)") ?? .standard
        }
        pipeline.count(series: 2)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(100)).isComplete)
        let relay = try Relay(onUnixSocket: path, to: collector.port)
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        let totals = pipeline.emitter.shutdown().totals
        #expect(totals.isBalanced && totals.lost == 0 && totals.pending == 0, "\(totals)")
        #expect(try collector.acceptedPoints().count == totals.delivered)
        withExtendedLifetime(relay) {}
    }
}
