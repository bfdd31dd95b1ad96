import Foundation
import Instruments
import TestSupport
import Testing

/// A minute of real nodes, whose measurements go both ways: pushed through the collector into
/// VictoriaMetrics, and scraped by Prometheus. Then their figures stand still and all can be asked.
final class RealRun: Sendable {
    /// That of the tests that run now; see `RealRunTrait`.
    @TaskLocal static var current: RealRun?

    static let isWanted =
        InstalledTool.areRequired
        || tools.allSatisfy {
            InstalledTool.named(by: $0) != nil
        } && InstalledTool.openssl != nil
    private static let tools = [
        "OTELCOL", "PROMETHEUS", "PROMTOOL", "VICTORIA_METRICS", "VMALERT", "CHROMIUM",
        "OTEL_EMITTER_PYTHON",
    ]
    static let reasonToSkip =
        "\(tools.joined(separator: ", ")) have to name programs (scripts/test sets them), and "
        + "openssl has to be installed"

    static let scrapeSeconds = 5
    /// How long the nodes work: a minute of scrapes and what starting takes.
    private static let workSeconds = 75
    /// The longest that figures may take into the databases once all stands still.
    private static let arrivalLimit = Duration.seconds(60)
    private static let departedSeconds = 15
    private static let workLimit = Duration.seconds(240)
    private static let seed = "43"

    /// A validator in a network, one of whose others misbehaves. It pushes by TLS.
    let networked: NodeProcess
    /// A node without network, of whose requests one is refused.
    let lonely: NodeProcess
    /// A node that is gone after some seconds.
    let departed: NodeProcess
    let prometheus: Database
    let victoria: Database
    /// What evaluates the rules in VictoriaMetrics.
    let ruler: Database
    /// VictoriaMetrics without `victoria-metrics-relabel.yaml`.
    let plain: Database
    /// Seconds since 1970 when Prometheus had started, and when the nodes had done their work.
    let scrapedSince: Double
    let workedUntil: Double

    private let folder: TemporaryFolder
    private let collector: ProductionCollector
    private let refusing: ScriptedCollector
    private let mute: ScriptedCollector

    fileprivate init() throws {
        folder = try TemporaryFolder()
        victoria = try Database.victoriaMetrics(isRelabelled: true)
        plain = try Database.victoriaMetrics(isRelabelled: false)
        let authority = try CertificateAuthority("authority", in: folder)
        collector = try ProductionCollector(
            as: authority.issue("server"), sendingTo: [victoria.api, plain.api], in: folder)
        let plainPort = collector.plainPort.number
        let isRefusing = Monitor(false)
        let relayed = ConnectionScript.Step.relay(
            to: plainPort, while: { !isRefusing.withLock { $0 } })
        refusing = try ScriptedCollector(
            ConnectionScript(relayed), ConnectionScript(.readRequest, .answer(HTTPAnswer(403))),
            otherwise: ConnectionScript(.relay(to: plainPort)))
        // Nobody answers: snapshots are superseded.
        mute = try ScriptedCollector(otherwise: .mute)
        networked = try NodeProcess(
            "networked", seconds: Self.workSeconds,
            ["--mode", "validator", "--faulty-validators", "1", "--seed", Self.seed],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "https://127.0.0.1:\(collector.securePort.number)",
                "OTEL_EXPORTER_OTLP_CERTIFICATE": authority.certificate,
                "OTEL_SWIFT_SPOOL_DIRECTORY": folder.file("spool"),
                "RPP_TELEMETRY_ENDPOINT": mute.endpoint, "RPP_TELEMETRY_INTERVAL_MS": "20",
            ], in: folder)
        lonely = try NodeProcess(
            "lonely", seconds: Self.workSeconds,
            ["--without-network", "--round-interval-ms", "5000", "--seed", Self.seed],
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(refusing.port)"],
            in: folder)
        departed = try NodeProcess(
            "departed", seconds: Self.departedSeconds, lingers: false, ["--without-network"],
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(plainPort)"],
            in: folder)
        prometheus = try Database.prometheus(
            scraping: [networked, lonely, departed].map { ($0.instance, $0.port) },
            every: Self.scrapeSeconds)
        scrapedSince = Date().timeIntervalSince1970
        ruler = try Database.ruler(of: victoria.api)
        // Not at once, so that the databases see it grow.
        let scrapes = "count_over_time(otelemitter_data_points_lost_total{instance=\"lonely\"}[5m])"
        let pair = [prometheus.api, victoria.api]
        _ = try eventually(within: Self.workLimit, every: 500) {
            try pair.allSatisfy { try $0.query(scrapes).contains { $0.value >= 3 } }
        }
        isRefusing.withLock { $0 = true }
        let nodes = [networked, lonely]
        guard eventually(within: Self.workLimit, every: 200, { nodes.allSatisfy(\.isFinished) })
        else { throw SystemError(text: "the nodes do not finish:\n\(nodes.map(\.said))") }
        workedUntil = Date().timeIntervalSince1970
        _ = try eventually(within: Self.arrivalLimit, every: 500) {
            let figures = try pair.map { try Figures($0, named: "rpp_.+") }
            let differences = figures[0].differences(
                from: figures[1], tolerance: Figures.decimalTolerance)
            return differences.isEmpty && !figures[0].values.isEmpty
        }
    }

    /// Those that can still be read.
    var nodes: [NodeProcess] { [networked, lonely] }
}

/// Gives the tests of a suite one run, which ends with the last of them.
struct RealRunTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
    ) async throws {
        let run = try await Background.result { try RealRun() }
        try await RealRun.$current.withValue(run) { try await tests() }
    }
}
