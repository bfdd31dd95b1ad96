import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// All that the model can hold goes through a real collector, also what no option of an emitter
/// reaches: sent by the emitter's own encoder and transport.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct SnapshotRoundTripTests {
    private static let limit = Duration.seconds(30)

    /// The collector's re-encoding holds exactly these snapshots.
    private func expectArrival(
        of snapshots: [MetricsSnapshot], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let endpoint = try #require(Endpoint(base: "http://127.0.0.1:\(port.number)"))
        #expect(CurlGlobal.problem == nil)
        let wakeup = try #require(TransportWakeup())
        guard
            var transport = HTTPTransport(
                endpoint: endpoint, headers: [], tls: TLSOptions(), responseByteLimit: 1 << 20,
                wakeup: wakeup, clock: .system, proxies: [:])
        else {
            throw SystemError(text: "libcurl has no memory left")
        }
        for body in bodies(snapshots) {
            let deadline = MonotonicTime.now() + Self.limit
            let request = HTTPRequest(
                body: body, contentType: WireForm.json.contentType, isCompressed: false)
            let response = try transport.send(request) {
                deadline
            }
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(response.status == 200, "\(text)", sourceLocation: sourceLocation)
        }
        collector.end()
        OTLPPoint.expect(
            try sink.acceptedPoints(), toBe: snapshots, sourceLocation: sourceLocation)
    }

    private func bodies(_ snapshots: [MetricsSnapshot]) -> [[UInt8]] {
        var encoder = OTLPEncoder(limits: BatchLimits())
        var bodies: [[UInt8]] = []
        for snapshot in snapshots {
            encoder.encode(snapshot) { bytes, _ in bodies.append(Array(bytes)) }
        }
        return bodies
    }

    /// Negative values in histograms, which then have no sum, and attributes that only exemplars
    /// have.
    private static let views = [
        View(View.Selector(name: "balance"), aggregation: .explicitBuckets()),
        View(View.Selector(name: "level"), aggregation: .exponentialBuckets()),
        View(
            View.Selector(name: "integers"), attributes: .except(["text", "int"]),
            reservoir: .fixedSize(100)),
        View(View.Selector(name: "durations"), aggregation: .explicitBuckets()),
        View(View.Selector(name: "d*"), aggregation: .exponentialBuckets(maximumSize: 4)),
    ]

    @Test func exponentialHistogramsAndExemplarsArrive() throws {
        let measurements = Monitor(UInt64(0))
        let provider = MeterProvider(
            resource: KnownValues.resource, views: Self.views,
            histogramAggregation: .exponentialBuckets(), exemplarFilter: .alwaysOn,
            traceContext: {
                let number = measurements.withLock { (count: inout UInt64) -> UInt64 in
                    count += 1
                    return count
                }
                if number.isMultiple(of: 3) { return nil }
                return TraceContext(
                    traceID: (high: number % 2, low: number), spanID: ~number, isSampled: true)
            })
        KnownValues.observe(with: provider)
        KnownValues.record(into: provider)
        let first = provider.collect()
        KnownValues.record(into: provider, round: 2)
        let last = provider.collect()
        let difference = last.delta(since: first)

        // The values are worth sending.
        let points = OTLPPoint.all(in: first)
        let exponential = points.filter { $0.metric.contains(" exponentialHistogram ") }
        #expect(exponential.count > 2 * KnownValues.attributes.count)
        #expect(exponential.contains { !$0.value.hasSuffix("negative none") })
        #expect(exponential.contains { $0.value.contains(" sum none ") })
        #expect(
            points.contains { $0.metric.contains(" histogram ") && $0.value.contains(" sum none ") }
        )
        #expect(points.filter { !$0.exemplars.isEmpty }.count > 8 * KnownValues.attributes.count)
        #expect(points.contains { $0.exemplars.contains("{text=string plain}") })
        #expect(points.contains { $0.exemplars.contains("trace  span  ") })
        #expect(points.contains { $0.exemplars.contains("trace 0000000000000001") })
        try expectArrival(of: [first, last, difference])
    }

    @Test func everyShapeOfTheModelArrives() throws {
        let snapshots = (UInt64(0)..<200).map { RandomSnapshot.make(seed: $0) }
        #expect(snapshots.reduce(0) { $0 + $1.pointCount } > 1000)
        try expectArrival(of: snapshots)
    }
}
