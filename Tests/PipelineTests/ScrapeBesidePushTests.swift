import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Pages for Prometheus from an emitter that exports as well.
@Suite struct ScrapeBesidePushTests {
    private func text(_ emitter: Emitter) -> String {
        String(decoding: emitter.prometheusPage(accept: nil).body, as: UTF8.self)
    }

    /// The values of a counter's series on a page, sorted.
    private func values(of name: String, on page: String) -> [Substring] {
        page.split(separator: "\n").filter { $0.hasPrefix(name + "{") }
            .compactMap { $0.split(separator: " ").last }.sorted()
    }

    @Test func scrapesDisturbNoExportAndNoneTheOther() throws {
        let collector = try ScriptedCollector()
        // Differences are exported; a page is cumulative all the same.
        let pipeline = try Pipeline.make(to: collector) { $0.temporality = .delta }
        for round in 1...3 {
            pipeline.count(series: 2)
            for _ in 0..<2 {
                let page = text(pipeline.emitter)
                #expect(values(of: "events_total", on: page) == ["\(round)", "\(round)"])
            }
            #expect(pipeline.emitter.flush().isComplete)
        }
        #expect(try pipeline.acceptedValues().allSatisfy { $0 == ["int 1", "int 1"] })
        try pipeline.expectAccount(recorded: 6)
        #expect(pipeline.told.all.isEmpty)
    }

    @Test func callbacksAndProducersAreOnThePage() throws {
        let collector = try ScriptedCollector()
        let producer = { @Sendable () -> [ScopeMetrics] in
            let point = NumberPoint(attributes: .empty, start: 1, value: .int(7))
            let metric = Metric(
                descriptor: MetricDescriptor(name: "foreign"), data: .gauge([point]))
            return [ScopeMetrics(scope: InstrumentationScope(name: "other"), metrics: [metric])]
        }
        let pipeline = try Pipeline.make(to: collector) { $0.metricProducers = [producer] }
        let gauge = pipeline.emitter.meter("pipeline").observableGauge("level", of: Int.self) {
            $0.observe(5)
        }
        let page = text(pipeline.emitter)
        #expect(values(of: "level", on: page) == ["5"])
        #expect(values(of: "foreign", on: page) == ["7"])
        withExtendedLifetime(gauge) {}
    }

    /// The thread that exports may hang: a scrape still tells for how long.
    @Test func theAgeOfTheLastSuccessIsThatOfTheScrape() throws {
        let time = SteppedTime()
        let pipeline = try Pipeline.make(to: ScriptedCollector()) {
            $0.isSelfObserved = true
            $0.clock = time.clock
        }
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        for minutes in [10, 20] {
            // Nothing is exported meanwhile.
            time.pass(.seconds(600), for: pipeline.emitter)
            let age = values(
                of: "otelemitter_last_success_age_seconds", on: text(pipeline.emitter))
            let seconds = try #require(age.first.flatMap { Double($0) })
            #expect((Double(minutes * 60)..<Double(minutes * 60 + 30)).contains(seconds))
        }
    }

    /// A host that has ended its emitter lives on, and so do the alerts on what it shows.
    @Test func afterAShutdownNothingIsInFlightAndNoSuccessIsAwaited() throws {
        let collector = try ScriptedCollector(otherwise: .answering(503))
        let pipeline = try Pipeline.make(to: collector) { $0.isSelfObserved = true }
        pipeline.count(series: 3)
        let age = "otelemitter_last_success_age_seconds"
        #expect(text(pipeline.emitter).contains(age))
        let report = pipeline.emitter.shutdown(timeout: .milliseconds(300))
        let lost = try #require(report.totals.lostByReason[.shutdown])
        #expect(lost >= 3)
        let page = text(pipeline.emitter)
        #expect(!page.contains(age))
        let inflight = values(of: "otel_sdk_exporter_metric_data_point_inflight", on: page)
        #expect(inflight == ["0"])
        #expect(
            values(of: "otelemitter_data_points_lost_total", on: page).contains("\(lost)"),
            "\(lost): \(page)")
    }

    @Test func pagesCanBeReadWithoutAnExportAndAfterAShutdown() throws {
        let emitter = Emitter(
            EmitterConfiguration(environment: ["OTEL_METRICS_EXPORTER": "none"]))
        let counter = emitter.meter("m").counter("events")
        counter.add(3)
        #expect(values(of: "events_total", on: text(emitter)) == ["3"])
        #expect(emitter.shutdown(timeout: .seconds(10)).isComplete)
        #expect(values(of: "events_total", on: text(emitter)) == ["3"])
    }
}
