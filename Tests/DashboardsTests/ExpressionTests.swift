import Instruments
import OTelEmitter
import RPPTelemetry
import TestSupport
import Testing

@testable import dashboards

/// No expression names what nothing emits.
@Suite struct ExpressionTests {
    /// A metric as the catalogue has it.
    private struct Known {
        let labels: [String: [AttributeValue]?]
        let name: String
    }

    /// The series of all instruments, by their names in Prometheus.
    private static let series: [String: Known] = {
        var series: [String: Known] = [:]
        let all = Catalogue.runtime + Catalogue.network + Catalogue.worker + OwnMetric.all
        for definition in all { add(definition, to: &series) }
        return series
    }()

    private static func add(
        _ definition: InstrumentDefinition, to series: inout [String: Known]
    ) {
        let kind = definition.kind
        let base = PrometheusName.metric(
            definition.name, unit: definition.unit, isMonotonicSum: kind == .counter,
            isGauge: kind == .gauge || kind == .observableGauge)
        let labels = definition.keys.map { (PrometheusName.label($0.name), $0.values) }
        let parts = kind == .histogram ? ["_bucket", "_sum", "_count"] : [""]
        for part in parts {
            var labels = Dictionary(uniqueKeysWithValues: labels)
            if part == "_bucket" { labels["le"] = .some(nil) }
            series[base + part] = Known(labels: labels, name: definition.name)
        }
    }

    /// What rules record.
    private static func recordings() throws -> Set<String> {
        Set(try Generated.ruleExpressions().map(\.place).filter { $0.contains(":") })
    }

    private static let identity: Set = ["job", "instance"]

    @Test func namesAreThoseThatPrometheusGets() {
        for name in [
            "rpp_gossip_bytes_total", "rpp_gossip_peer_score", "rpp_runtime_chain_block_height",
            "rpp_runtime_proof_generation_duration_milliseconds_bucket",
            "rpp_runtime_proof_generation_count_total",
            "rpp_runtime_proof_verification_total_bytes_sum",
            "rpp_runtime_storage_wal_flush_total", "rpp_runtime_storage_wal_flush_bytes_count",
            "otelemitter_last_success_age_seconds", "otelemitter_data_points_lost_total",
            "otel_sdk_exporter_metric_data_point_inflight",
        ] {
            #expect(Self.series[name] != nil, "\(name)")
        }
    }

    @Test func everyMetricIsInTheCatalogue() throws {
        let recordings = try Self.recordings()
        let expressions = try Generated.expressions()
        #expect(expressions.count > 120)
        #expect(try Generated.runbookExpressions().count > 10)
        for expression in expressions {
            for metric in PromQLNames(expression.text).metrics {
                let isKnown = Self.series[metric] != nil || recordings.contains(metric)
                #expect(isKnown, "\(metric) in \(expression)")
            }
        }
    }

    @Test func everyLabelIsOneOfItsMetric() throws {
        for expression in try Generated.expressions() {
            let names = PromQLNames(expression.text)
            for matcher in names.matchers where !Self.identity.contains(matcher.label) {
                let known = Self.series[matcher.metric]?.labels[matcher.label]
                let values = try #require(known, "\(matcher) in \(expression)")
                for value in matcher.values where values != nil {
                    #expect(
                        values?.contains(.string(value)) == true, "\(matcher) in \(expression)")
                }
            }
            let all = names.metrics.compactMap { Self.series[$0] }.flatMap(\.labels.keys)
            let strange = names.grouping.subtracting(all).subtracting(Self.identity)
            #expect(strange == [] || all.isEmpty, "\(strange) in \(expression)")
        }
    }

    @Test func everyInstrumentIsShown() throws {
        let shown = Set(
            try Generated.boardExpressions().flatMap { PromQLNames($0.text).metrics }
                .compactMap { Self.series[$0]?.name })
        #expect(Set(Self.series.values.map(\.name)).subtracting(shown) == [])
    }

    @Test func everyPanelShowsTheChosenInstances() throws {
        for expression in try Generated.boardExpressions() {
            let names = PromQLNames(expression.text)
            for metric in names.metrics where Self.series[metric] != nil {
                let isFiltered = names.matchers.contains(
                    .init(metric: metric, label: "instance", values: ["$instance"]))
                #expect(isFiltered, "\(metric) in \(expression)")
            }
        }
    }

    @Test func rulesTellWhoseSeriesItIsAndKnowNoVariables() throws {
        for expression in try Generated.ruleExpressions() {
            #expect(!expression.text.contains("$"), "\(expression)")
            let names = PromQLNames(expression.text)
            let isAggregated = names.functions.contains { ["sum", "min", "max"].contains($0) }
            guard isAggregated else { continue }
            #expect(Self.identity.isSubset(of: names.grouping), "\(expression)")
        }
    }

    @Test func namesAreFoundByTheScanner() {
        let names = PromQLNames(
            #"histogram_quantile(0.9, sum by (le, a) (rate(m_bucket{b=~"x|y",c!=""}[$__r]))) > 1e3"#
                + " and on () group_left () (n < bool -5 or n:o:p offset 5m)")
        #expect(names.metrics == ["m_bucket", "n", "n:o:p"])
        #expect(names.grouping == ["le", "a"])
        #expect(names.functions == ["histogram_quantile", "sum", "rate"])
        #expect(
            names.matchers == [
                .init(metric: "m_bucket", label: "b", values: ["x", "y"]),
                .init(metric: "m_bucket", label: "c", values: []),
            ])
    }
}
