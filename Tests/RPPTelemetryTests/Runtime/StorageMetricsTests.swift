import Instruments
import Testing

@testable import RPPTelemetry

@Suite struct StorageMetricsTests {
    /// Has the six points alone.
    private final class Points: StorageMetrics {
        let told = Monitor<[String]>([])

        private func tell(_ what: String, _ outcome: FlushOutcome) {
            told.change { $0.append("\(what) \(outcome.attributeValue)") }
        }

        func recordHeaderFlushDuration(_ duration: Duration, outcome: FlushOutcome) {
            tell("header \(duration)", outcome)
        }
        func recordHeaderFlushBytes(_ bytes: Int, outcome: FlushOutcome) {
            tell("header \(bytes)", outcome)
        }
        func countHeaderFlush(outcome: FlushOutcome) { tell("header", outcome) }
        func recordWALFlushDuration(_ duration: Duration, outcome: FlushOutcome) {
            tell("wal \(duration)", outcome)
        }
        func recordWALFlushBytes(_ bytes: Int, outcome: FlushOutcome) {
            tell("wal \(bytes)", outcome)
        }
        func countWALFlush(outcome: FlushOutcome) { tell("wal", outcome) }
    }

    @Test func aWholeFlushReachesEveryPoint() {
        let points = Points()
        let metrics: any StorageMetrics = points
        metrics.recordHeaderFlush(outcome: .failed, duration: .seconds(1), bytes: 5)
        metrics.recordWALFlush(outcome: .retried, duration: .seconds(2), bytes: 6)
        #expect(
            points.told.change { $0 } == [
                "header 1.0 seconds failed", "header 5 failed", "header failed",
                "wal 2.0 seconds retried", "wal 6 retried", "wal retried",
            ])
    }

    /// The points one by one, and the calls that have all three.
    @Test func theNodesMetricsTakeBoth() {
        func record(_ body: (any StorageMetrics) -> Void) -> [ScopeMetrics] {
            let provider = MeterProvider(now: { 1 })
            body(RuntimeMetrics(provider: provider))
            return provider.collect().scopes
        }
        let whole = record { metrics in
            metrics.recordHeaderFlush(outcome: .failed, duration: .milliseconds(1), bytes: -5)
            metrics.recordWALFlush(outcome: .retried, duration: .milliseconds(2), bytes: 6)
        }
        let apart = record { metrics in
            metrics.recordHeaderFlushDuration(.milliseconds(1), outcome: .failed)
            metrics.recordHeaderFlushBytes(-5, outcome: .failed)
            metrics.countHeaderFlush(outcome: .failed)
            metrics.recordWALFlushDuration(.milliseconds(2), outcome: .retried)
            metrics.recordWALFlushBytes(6, outcome: .retried)
            metrics.countWALFlush(outcome: .retried)
        }
        let values = { (scopes: [ScopeMetrics]) in
            scopes.flatMap(\.metrics).filter { $0.descriptor.name.contains("flush") }.map {
                "\($0.descriptor.name) \(Self.shown($0.data))"
            }
        }
        #expect(values(whole).count == 6)
        #expect(values(whole) == values(apart))
    }

    private static func shown(_ data: MetricData) -> [String] {
        switch data {
        case .sum(let points, _, _), .gauge(let points):
            points.map { "\($0.attributes) \($0.value)" }
        case .histogram(let points, _, _):
            points.map { "\($0.attributes) \($0.count) \($0.sum ?? .nan)" }
        case .exponentialHistogram: []
        }
    }

    @Test func theNoopRecordsNothing() {
        let metrics: any StorageMetrics = NoopStorageMetrics()
        metrics.recordHeaderFlush(outcome: .success, duration: .seconds(1), bytes: 1)
        metrics.recordWALFlush(outcome: .success, duration: .seconds(1), bytes: 1)
        metrics.countWALFlush(outcome: .failed)
        // It has nowhere to keep anything, and the global provider is not touched.
        #expect(MemoryLayout<NoopStorageMetrics>.size == 0)
        let names = MeterProvider.global.collect().scopes.flatMap(\.metrics).map(\.descriptor.name)
        #expect(!names.contains { $0.contains("flush") })
    }
}
