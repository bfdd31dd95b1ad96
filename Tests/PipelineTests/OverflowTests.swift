import Instruments
import OTelEmitter
import TestSupport
import Testing

/// The emitter's own metric of attribute sets that found no room.
@Suite struct OverflowTests {
    private static let metric = "otelemitter.attribute_sets.refused"

    @Test func refusedSetsAreExportedUnderTheirInstrument() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) {
            $0.cardinalityLimit = 3
            $0.keepsLastCollection = true
        }
        pipeline.count(series: 3)
        #expect(pipeline.emitter.flush().totals.recorded == 3)
        #expect(pipeline.emitter.meterProvider.cardinalityOverflows == [])
        pipeline.count(series: 5)
        // Three series, the overflow and the metric that tells of it.
        #expect(pipeline.emitter.flush().totals.recorded == 8)
        let overflow = try #require(pipeline.emitter.meterProvider.cardinalityOverflows.first)
        #expect(overflow.instrument == "events" && overflow.key == "index" && overflow.limit == 3)
        #expect((1...3).contains(overflow.refusedSets))
        let points = try collector.acceptedPoints().filter { $0.metric.contains(Self.metric) }
        #expect(points.count == 1)
        let snapshot = try #require(pipeline.emitter.lastCollection)
        let metric = try #require(snapshot.metric(Self.metric, scope: "otelemitter"))
        guard case .gauge(let gauge) = metric.data else {
            Issue.record("no gauge")
            return
        }
        #expect(metric.descriptor.unit == "{attribute_set}")
        #expect(
            gauge.map(\.attributes) == [
                [
                    "otelemitter.scope": "pipeline", "otelemitter.instrument": "events",
                    "otelemitter.attribute.key": "index",
                ]
            ])
        #expect(gauge.allSatisfy { $0.start > 0 && $0.start < snapshot.time })
        #expect(gauge.map(\.value) == [.int(Int64(overflow.refusedSets))])
        try pipeline.expectAccount(recorded: 8)
    }
}
