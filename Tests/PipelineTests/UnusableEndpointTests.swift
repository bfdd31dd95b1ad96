import Instruments
import OTelEmitter
import TestSupport
import Testing

/// An emitter whose endpoint was named and can't be used. Its headers are meant for somebody, and
/// nobody gets them.
@Suite struct UnusableEndpointTests {
    private static let mistyped = "https://collector.example:443O"

    /// Who has named the place that can't be used.
    enum Mistake: String, CaseIterable {
        case generalVariable, metricsVariable, code
    }

    /// All other places that are named are the collector.
    private func configuration(
        _ mistake: Mistake, _ collector: ScriptedCollector, _ told: Diagnostics
    ) -> EmitterConfiguration {
        var environment = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(collector.port)",
            "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20s3cr3t",
            "OTEL_SWIFT_FAILOVER_ENDPOINT": collector.endpoint,
        ]
        switch mistake {
        case .generalVariable: environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = Self.mistyped
        case .metricsVariable: environment["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = Self.mistyped
        case .code: break
        }
        var configuration = EmitterConfiguration(environment: environment)
        if mistake == .code { configuration.endpoint = Endpoint(base: Self.mistyped) }
        configuration.exportInterval = .milliseconds(1)
        configuration.startPhase = 0
        configuration.diagnosticHandler = { told.add($0) }
        return configuration
    }

    private func blockingReports(_ emitter: Emitter) -> [DeliveryReport] {
        [emitter.flush(timeout: .seconds(20)), emitter.shutdown(timeout: .seconds(20))]
    }

    @Test(arguments: Mistake.allCases)
    func nothingIsSentAndOneErrorSaysSo(mistake: Mistake) async throws {
        let (collector, told, thread) = (try ScriptedCollector(), Diagnostics(), Latch())
        var configuration = configuration(mistake, collector, told)
        configuration.threadStartHandler = { thread.open() }
        let emitter = Emitter(configuration)
        emitter.meter("shop").counter("orders").add(3)
        var reports = [await emitter.flush(timeout: .seconds(20))]
        reports += blockingReports(emitter)
        reports.append(await emitter.shutdown(timeout: .seconds(20)))
        for report in reports {
            #expect(!report.isComplete)
            #expect(report.description == "recorded=0 delivered=0 pending=0 lost=0")
        }
        #expect(!thread.wait(within: .zero))
        #expect(collector.connections == 0)
        emitter.settleDiagnostics(within: Pipeline.diagnosticsPatience)
        #expect(told.all.map(\.level) == [.error], "\(told.all)")
        #expect(told.text(containing: "nothing is sent")?.contains("443O") == false)
    }

    @Test func recordingWorksAndScrapersReadIt() throws {
        let (collector, told) = (try ScriptedCollector(), Diagnostics())
        let emitter = Emitter(configuration(.generalVariable, collector, told))
        emitter.meter("shop").counter("orders").add(3)
        let page = String(decoding: emitter.prometheusPage(accept: nil).body, as: UTF8.self)
        #expect(page.contains("orders_total{") && page.contains("} 3\n"), "\(page)")
        #expect(!emitter.meterProvider.flush(timeout: .seconds(20)))
    }

    /// It is neither read nor added to, and outlives the mistake.
    @Test func theSpoolIsLeftAsItIs() throws {
        let (collector, told) = (try ScriptedCollector(isListening: false), Diagnostics())
        let folder = try TemporaryFolder()
        let options = SpoolOptions(directory: folder.file("spool"))
        let before = try Pipeline.make(to: collector) { $0.spool = options }
        before.count(series: 5)
        #expect(before.emitter.shutdown(timeout: .seconds(1)).totals.pendingOnDisk == 5)
        var configuration = configuration(.generalVariable, collector, told)
        configuration.spool = options
        let mistaken = Emitter(configuration)
        mistaken.meter("shop").counter("orders").add(3)
        let report = mistaken.shutdown(timeout: .seconds(20))
        #expect(report.description == "recorded=0 delivered=0 pending=0 lost=0")
        try collector.startListening()
        let after = try Pipeline.make(to: collector) { $0.spool = options }
        #expect(eventually { after.emitter.totals.delivered == 5 })
        #expect(after.emitter.shutdown(timeout: .seconds(20)).isComplete)
        try after.expectAccount(recorded: 5)
    }
}
