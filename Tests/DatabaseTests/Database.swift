import Foundation
import TestSupport

/// A database, or what works beside one, as its own process, on a port of its own, with an empty folder.
final class Database: Sendable {
    private static let startLimit = Duration.seconds(60)
    static let configurations = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "collector-config")

    let api: QueryAPI
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// VictoriaMetrics, as `scripts/demo` starts it.
    ///
    /// - Parameter isRelabelled: whether it is given `victoria-metrics-relabel.yaml`.
    static func victoriaMetrics(isRelabelled: Bool) throws -> Database {
        let relabelling = configurations.appending(path: "victoria-metrics-relabel.yaml").path
        let name = isRelabelled ? "VictoriaMetrics" : "VictoriaMetrics without relabelling"
        return try Database(name, "VICTORIA_METRICS") { port, folder in
            [
                "-httpListenAddr=127.0.0.1:\(port)", "-storageDataPath=\(folder.file("data"))",
                "-opentelemetry.usePrometheusNaming", "-search.latencyOffset=1s",
                "-memory.allowedBytes=128MiB", "-loggerLevel=WARN",
            ] + (isRelabelled ? ["-relabelConfig=\(relabelling)"] : [])
        }
    }

    /// Prometheus, with the rules of this repository.
    ///
    /// - Parameter targets: the nodes that it scrapes, as ports by instance.
    static func prometheus(
        scraping targets: [(instance: String, port: UInt16)], every seconds: Int
    ) throws -> Database {
        let jobs = targets.map { target in
            "  - {targets: ['127.0.0.1:\(target.port)'], labels: {instance: \(target.instance)}}"
        }
        let rules = rules.map { "- '\($0)'" }
        let configuration = """
            global: {scrape_interval: \(seconds)s, evaluation_interval: 2s}
            rule_files:
            \(rules.joined(separator: "\n"))
            scrape_configs:
            - job_name: chain/observed
              static_configs:
            \(jobs.joined(separator: "\n"))

            """
        return try Database("Prometheus", "PROMETHEUS") { port, folder in
            try folder.overwrite("prometheus.yaml", with: Array(configuration.utf8))
            return [
                "--config.file=\(folder.file("prometheus.yaml"))",
                "--storage.tsdb.path=\(folder.file("data"))",
                "--web.listen-address=127.0.0.1:\(port)", "--log.level=warn",
            ]
        }
    }

    /// vmalert, which evaluates the rules of this repository in a database and writes there what
    /// they record.
    static func ruler(of database: QueryAPI) throws -> Database {
        try Database("vmalert", "VMALERT") { port, _ in
            rules.map { "-rule=\($0)" } + [
                "-datasource.url=\(database.address)", "-remoteWrite.url=\(database.address)",
                "-remoteWrite.flushInterval=1s", "-evaluationInterval=2s", "-rule.evalDelay=3s",
                "-notifier.blackhole", "-httpListenAddr=127.0.0.1:\(port)", "-loggerLevel=WARN",
            ]
        }
    }

    private static var rules: [String] {
        ["recording", "alerts"].map { configurations.appending(path: "rules/\($0).yaml").path }
    }

    private init(
        _ name: String, _ variable: String,
        arguments: (UInt16, TemporaryFolder) throws -> [String]
    ) throws {
        guard let path = InstalledTool.named(by: variable) else {
            throw SystemError(text: "\(variable) is not set, and OTEL_EMITTER_REQUIRE_ALL=1 is")
        }
        folder = try TemporaryFolder()
        let port = try HeldPort()
        api = QueryAPI(name: name, port: port.number)
        process = try ChildProcess(
            path, arguments(port.number, folder), output: folder.file("log"))
        let process = process
        let isReady = eventually(within: Self.startLimit, every: 50) {
            if process.exitStatus != nil { return true }
            let answer = try? LoopbackHTTP.get("/-/ready", port: port.number)
            return answer?.status == 200
        }
        guard isReady, process.exitStatus == nil else {
            throw SystemError(text: "\(name) did not start:\n\(log)")
        }
    }

    /// What it said so far: warnings and errors.
    var log: String { String(decoding: (try? folder.bytes("log")) ?? [], as: UTF8.self) }
}
