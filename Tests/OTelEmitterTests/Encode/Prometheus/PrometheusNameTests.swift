import Instruments
import Testing

@testable import OTelEmitter

@Suite struct PrometheusNameTests {
    private func name(_ name: String, _ unit: String, _ kind: InstrumentKind) -> String {
        PrometheusName.metric(
            name, unit: unit, isMonotonicSum: kind == .counter, isGauge: kind == .gauge)
    }

    /// What the collector's way gives, too.
    @Test(arguments: [
        ("rpp.gossip.bytes", "By", InstrumentKind.counter, "rpp_gossip_bytes_total"),
        (
            "rpp.runtime.storage.wal_flush.total", "1", .counter,
            "rpp_runtime_storage_wal_flush_total"
        ),
        ("rpp.generation.count", "1", .counter, "rpp_generation_count_total"),
        ("rpp.generation.duration", "ms", .histogram, "rpp_generation_duration_milliseconds"),
        ("rpp.verification.total_bytes", "By", .histogram, "rpp_verification_total_bytes"),
        ("rpp.chain.block_height", "{block}", .gauge, "rpp_chain_block_height"),
        ("share", "1", .gauge, "share_ratio"), ("share.ratio.now", "1", .gauge, "share_now_ratio"),
        ("share", "1", .upDownCounter, "share"), ("share", "1", .histogram, "share"),
        ("a..b__c//d", "", .gauge, "a_b_c_d"), ("é.x", "s", .gauge, "x_seconds"),
        ("3d", "", .gauge, "_3d"), ("total.of.it", "", .counter, "of_it_total"),
        ("total", "", .counter, "total_total"), ("speed", "m/s", .gauge, "speed_meters_per_second"),
        ("io", "By/s", .counter, "io_bytes_per_second_total"),
        ("errors", "{error}/s", .gauge, "errors_per_second"),
        ("requests_per_second", "{request}/s", .gauge, "requests_per_second"),
        ("x", "furlong", .gauge, "x_furlong"), ("x", " s ", .gauge, "x_seconds"),
        ("x", "%", .gauge, "x_percent"), ("x", "!", .gauge, "x"), ("x", "/", .gauge, "x"),
        ("鍵", "", .gauge, ""),
    ])
    func metricsHaveTheNamesOfTheCompatibilityRules(
        otel: String, unit: String, kind: InstrumentKind, prometheus: String
    ) {
        #expect(name(otel, unit, kind) == prometheus)
    }

    /// The table of the specification's Prometheus exporter, and names that have their suffix.
    @Test(arguments: [
        ("foo.bar", PrometheusTranslation.underscoreEscapingWithSuffixes, "foo_bar_bytes"),
        ("foo.bar", .underscoreEscapingWithoutSuffixes, "foo_bar"),
        ("foo.bar", .noUTF8EscapingWithSuffixes, "foo.bar_bytes"),
        ("foo.bar", .noTranslation, "foo.bar"),
        ("foo.bytes.total", .noUTF8EscapingWithSuffixes, "foo.bytes"),
        ("foo__bytes.total", .underscoreEscapingWithoutSuffixes, "foo__bytes_total"),
        ("7x", .underscoreEscapingWithoutSuffixes, "_7x"), ("7x", .noTranslation, "7x"),
    ])
    func aTranslationIsFollowed(name: String, how: PrometheusTranslation, family: String) {
        #expect(
            PrometheusName.family(name, unit: "By", isMonotonicSum: true, isGauge: false, how)
                == family)
    }

    @Test(arguments: [
        ("http.method", "http_method"), ("a..b", "a_b"), ("a__b", "a_b"), ("1a", "key_1a"),
        ("__name__", "_name_"), ("é", "_"), ("ok", "ok"), ("A:b", "A_b"),
    ])
    func labelsAreEscaped(key: String, label: String) {
        #expect(PrometheusName.label(key, .underscoreEscapingWithSuffixes) == label)
    }

    @Test func labelsStayAsTheyAreWithoutTranslation() {
        #expect(PrometheusName.label("http.method", .noTranslation) == "http.method")
        #expect(PrometheusName.label("__name__", .noTranslation) == "_name__")
    }
}
