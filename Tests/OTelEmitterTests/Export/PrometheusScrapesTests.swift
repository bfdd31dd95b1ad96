import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct PrometheusScrapesTests {
    private let told = Told()
    private let provider = MeterProvider()
    private let relay: DiagnosticRelay
    private let scrapes: PrometheusScrapes

    /// What the handler was told.
    private final class Told: Sendable {
        private let monitor = Monitor<[String]>([])

        var reasons: [String] { monitor.change { $0 } }

        func add(_ diagnostic: EmitterDiagnostic) {
            guard case .prometheusOmits(let reason) = diagnostic else { return }
            monitor.change { $0.append(reason) }
        }
    }

    init() {
        let told = told
        relay = DiagnosticRelay { told.add($0) }
        scrapes = PrometheusScrapes(of: MetricReader(of: provider), relay)
    }

    private func page(_ text: PrometheusText = PrometheusText()) -> String {
        String(decoding: scrapes.page(accept: nil, text).body, as: UTF8.self)
    }

    @Test func aPageHasWhatWasRecordedUntilItWasAskedFor() {
        let counter = provider.meter("m").counter("requests")
        counter.add(1)
        #expect(page().contains(#"requests_total{otel_scope_name="m"} 1"#))
        counter.add(1)
        #expect(page().contains(#"requests_total{otel_scope_name="m"} 2"#))
        #expect(told.reasons == [])
    }

    @Test func whatIsLeftOutIsToldOnceForEachReason() {
        // Two scopes without the label that tells them apart.
        for name in ["first", "second"] {
            provider.meter(name).counter("hits").add(1)
            provider.meter(name).counter("misses").add(1)
        }
        var text = PrometheusText()
        text.hasScopeLabels = false
        for _ in 0..<3 { _ = page(text) }
        relay.settle(until: .now() + .seconds(20))
        #expect(told.reasons.count == 2, "\(told.reasons)")
        #expect(Set(told.reasons).count == 2)
        #expect(told.reasons.contains { $0.contains("hits") })
        // With the labels nothing is left out, and nothing is told.
        _ = page()
        relay.settle(until: .now() + .seconds(20))
        #expect(told.reasons.count == 2)
    }

    @Test func noMoreThanSoManyReasonsAreToldAndThatIsToldOnce() {
        var text = PrometheusText()
        text.hasScopeLabels = false
        // The relay's queue is shorter than the limit.
        let step = 10
        for begin in stride(from: 0, to: PrometheusScrapes.toldLimit + 3 * step, by: step) {
            for name in ["first", "second"] {
                let meter = provider.meter(name)
                for index in 0..<step { meter.counter("hits_\(begin + index)").add(1) }
            }
            _ = page(text)
            relay.settle(until: .now() + .seconds(20))
        }
        #expect(told.reasons.count == PrometheusScrapes.toldLimit + 1)
        #expect(told.reasons.last == PrometheusScrapes.rest)
    }

    @Test func scrapesAtOnceEachGetAWholePage() async {
        let counter = provider.meter("m").counter("requests")
        let scrapes = scrapes
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    counter.add(1)
                    let body = scrapes.page(accept: nil, PrometheusText()).body
                    let text = String(decoding: body, as: UTF8.self)
                    return text.hasSuffix("\n") && text.contains("requests_total{")
                }
            }
            for await isWhole in group { #expect(isWhole) }
        }
        #expect(page().contains(#"requests_total{otel_scope_name="m"} 50"#))
    }
}
