import Instruments
import Testing

@testable import OTelEmitter

@Suite struct PrometheusFamilyTests {
    private static let openMetrics = PrometheusFormat(.openMetrics(version: "1.0.0"))

    private func make(
        _ metrics: [Metric], _ format: PrometheusFormat = .plain,
        _ translation: PrometheusTranslation = .underscoreEscapingWithSuffixes
    ) -> PrometheusFamilies {
        PrometheusFamilies(
            Snapshots.make(metrics), translation, format, reserved: ["target_info", "target"])
    }

    private func sum(_ name: String, isMonotonic: Bool = true) -> Metric {
        Metric(
            descriptor: MetricDescriptor(name: name),
            data: .sum(
                [Snapshots.point(.int(1))], isMonotonic: isMonotonic, temporality: .cumulative))
    }

    private func gauge(_ name: String) -> Metric {
        Snapshots.gauge(name, [Snapshots.point(.int(1))])
    }

    private func histogram(_ name: String) -> Metric {
        Metric(
            descriptor: MetricDescriptor(name: name),
            data: .histogram(
                [
                    HistogramPoint(
                        attributes: .empty, start: 1, count: 1, sum: 1, minimum: 1, maximum: 1,
                        bucketCounts: [1])
                ], bounds: [], temporality: .cumulative))
    }

    @Test func familiesAreSortedByName() {
        let made = make([gauge("b"), sum("z.a"), sum("a"), histogram("a.b")])
        #expect(made.sorted.map(\.name) == ["a_b", "a_total", "b", "z_a_total"])
        #expect(make([sum("a")], Self.openMetrics).sorted.map(\.name) == ["a"])
        #expect(made.problems == [])
    }

    @Test func metricsOfOneNameAreOneFamily() {
        let made = make([sum("a.b"), sum("a_b"), sum("a-b")])
        #expect(made.sorted.map(\.parts.count) == [3])
        #expect(made.problems == [])
    }

    /// A page with two types of one name would be refused whole.
    @Test func ofTwoTypesOfOneNameTheFirstStays() {
        let made = make([gauge("a.b"), sum("a_b", isMonotonic: false), histogram("a_b")])
        #expect(made.sorted.map(\.kind) == [.gauge])
        #expect(
            made.problems == [
                "a_b of lib would be the histogram a_b, which is a gauge; it is left out."
            ])
    }

    @Test func aNameThatAnotherFamilysSeriesHaveIsLeftOut() {
        let made = make([histogram("a"), gauge("a_count"), gauge("target_info"), gauge("a_counts")])
        #expect(made.sorted.map(\.name) == ["a", "a_counts"])
        #expect(
            made.problems == [
                "a_count of lib would be a_count, whose series a has already; it is left out.",
                "target_info of lib would be target_info, whose series target_info has already;"
                    + " it is left out.",
            ])
        #expect(make([gauge("a_total"), sum("a")]).sorted.count == 1)
    }

    /// A client that asked for it can undo the escapes of the whole name.
    @Test(arguments: [("values", "U__a_2e_b__total"), ("dots", "a_dot_b__total")])
    func theNameIsEscapedWithItsTotal(scheme: String, expected: String) {
        let plain = PrometheusFormat(accept: "text/plain;version=1.0.0;escaping=\(scheme)")
        #expect(make([sum("a.b")], plain, .noUTF8EscapingWithSuffixes).sorted[0].name == expected)
        let open = PrometheusFormat(
            accept: "application/openmetrics-text;version=1.0.0;escaping=\(scheme)")
        let made = make([sum("a.b")], open, .noUTF8EscapingWithSuffixes).sorted[0].name
        #expect(made + "_total" == expected)
    }

    /// In OpenMetrics a counter takes its name without `_total` as well.
    @Test func aCounterAndAGaugeOfOneNameStandTogetherInPlainTextOnly() {
        #expect(make([sum("a"), gauge("a")]).problems == [])
        #expect(make([sum("a"), gauge("a")], Self.openMetrics).problems.count == 1)
    }

    /// Specification: Prometheus compatibility, *Gauges*.
    @Test(arguments: [
        ("unknown", PrometheusFamily.Kind.unknown), ("gauge", .gauge), ("info", .gauge),
        ("stateset", .gauge),
    ])
    func aBridgedMetricIsOfTheTypeThatItHad(type: String, kind: PrometheusFamily.Kind) {
        let descriptor = MetricDescriptor(
            name: "g", metadata: ["prometheus.type": .string(type)])
        let points = [Snapshots.point(.int(1))]
        let level = MetricData.sum(points, isMonotonic: false, temporality: .cumulative)
        let counter = MetricData.sum(points, isMonotonic: true, temporality: .cumulative)
        let kinds = [.gauge(points), level, counter].map {
            make([Metric(descriptor: descriptor, data: $0)]).sorted[0].kind
        }
        #expect(kinds == [kind, kind, .counter])
        #expect("\(PrometheusFamily.Kind.unknown.word(isOpenMetrics: true))" == "unknown")
        #expect("\(PrometheusFamily.Kind.unknown.word(isOpenMetrics: false))" == "untyped")
    }

    /// Specification: no point is dropped for it, but the user is warned.
    @Test func ofSeveralDescriptionsTheFirstIsShownAndThatIsTold() {
        let metric = { (name: String, description: String) in
            Metric(
                descriptor: MetricDescriptor(name: name, description: description),
                data: .gauge([Snapshots.point(.int(1))]))
        }
        let made = make([
            metric("a.b", ""), metric("a_b", "x"), metric("a-b", "y"), metric("a:b", "z"),
            metric("a b", "w"), metric("a/b", "x"),
        ])
        #expect(made.sorted.map(\.help) == ["z", "x"])
        #expect(
            made.problems == [
                "Metrics called a_b have different descriptions; the first one is shown."
            ])
        #expect(made.sorted.map(\.parts.count) == [1, 5])
    }

    @Test func differencesAreNotShown() {
        let metrics = [
            Snapshots.sum("s", [Snapshots.point(.int(1))], temporality: .delta),
            Snapshots.histogram("h", counts: [[1]], bounds: [], temporality: .delta),
        ]
        let made = make(metrics)
        #expect(made.sorted.isEmpty)
        #expect(made.problems.count == 2)
        #expect(made.problems[0].contains("s of lib holds differences"))
    }

    @Test func aNameOfWhichNothingCanStayIsToldOf() {
        #expect(make([gauge("鍵")]).problems.count == 1)
        let utf8 = PrometheusFormat(accept: "text/plain;version=1.0.0;escaping=allow-utf-8")
        #expect(make([gauge("鍵")], utf8, .noTranslation).sorted.map(\.name) == ["鍵"])
        #expect(make([gauge("鍵")], .plain, .noTranslation).sorted.map(\.name) == ["_"])
    }

    @Test func theUnitIsToldWhereTheNameEndsWithIt() {
        let metric = { (name: String) in
            Metric(
                descriptor: MetricDescriptor(name: name, unit: "ms"),
                data: .gauge([Snapshots.point(.int(1))]))
        }
        #expect(make([metric("a")]).sorted.map(\.unit) == ["milliseconds"])
        #expect(make([metric("milliseconds.a")]).sorted.map(\.unit) == [""])
    }
}
