import OTelEmitter
import RPPTelemetry
import Testing

@testable import dashboards

@Suite struct SelectionHistogramTests {
    private let latency = Catalogue.requestLatency.everywhere

    @Test func quantilesAreOfSummedBuckets() throws {
        let query = try latency.quantile(0.95, .minutes(5), by: "method")
        #expect(
            query.text == "histogram_quantile(0.95, sum by (le, job, instance, method) "
                + "(rate(rpp_runtime_rpc_request_latency_milliseconds_bucket[5m])))")
        #expect(query.labels == ["job", "instance", "method"])
        #expect(query.quantity == .milliseconds)
    }

    @Test func meansAreSumsByCounts() throws {
        let query = try OwnMetric.collectionDuration.everywhere.average(.minutes(5))
        let rate = "(rate(otel_sdk_metric_reader_collection_duration_seconds"
        #expect(
            query.text == "sum by (job, instance) \(rate)_sum[5m])) / "
                + "sum by (job, instance) \(rate)_count[5m]))")
        #expect(query.quantity == .seconds)
    }

    @Test func recordingsAndThroughputHaveTheirUnits() throws {
        #expect(try latency.recordings(.minutes(5)).quantity == .perSecond)
        let bytes = try Catalogue.walFlush.bytes.everywhere.throughput(.minutes(5))
        #expect(bytes.text == "rate(rpp_runtime_storage_wal_flush_bytes_sum[5m])")
        #expect(bytes.quantity == .bytesPerSecond)
    }

    @Test func whatHasNoBucketsHasNoQuantiles() {
        #expect(throws: QueryProblem.self) {
            try OwnMetric.operationDuration.chosen.quantile(0.5)
        }
        #expect(throws: QueryProblem.self) { try Catalogue.gossipBytes.chosen.quantile(0.5) }
        #expect(throws: QueryProblem.self) { try latency.quantile(0.5, .minutes(5), by: "topic") }
    }
}
