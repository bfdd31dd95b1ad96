import Foundation
import TestSupport

/// The collector with `collector-config/collector.yaml`, over which stands what a test needs: TLS
/// at the port for the nodes, a second port without, and a second database.
final class ProductionCollector: Sendable {
    private static let startLimit = Duration.seconds(60)

    /// Where requests by TLS go.
    let securePort: HeldPort
    /// Where those without go.
    let plainPort: HeldPort
    private let process: ChildProcess

    init(
        as server: CertificateAuthority.Pair, sendingTo databases: [QueryAPI],
        in folder: TemporaryFolder
    ) throws {
        guard let path = InstalledTool.named(by: "OTELCOL"), databases.count == 2 else {
            throw SystemError(text: "OTELCOL is not set, and OTEL_EMITTER_REQUIRE_ALL=1 is")
        }
        securePort = try HeldPort()
        plainPort = try HeldPort()
        let overlay = """
            receivers:
              otlp:
                protocols:
                  http: {tls: {cert_file: \(server.certificate), key_file: \(server.key)}}
              otlp/plain:
                protocols:
                  http: {endpoint: '127.0.0.1:\(plainPort.number)'}
            exporters:
              otlphttp/second: {endpoint: '\(databases[1].address)/opentelemetry'}
            service:
              pipelines:
                metrics:
                  receivers: [otlp, otlp/plain]
                  exporters: [otlphttp, otlphttp/second]
            """
        let file = Database.configurations.appending(path: "collector.yaml").path
        let log = folder.file("collector.log")
        process = try ChildProcess(
            path, ["--config", file, "--config", "yaml:" + overlay],
            environment: [
                "OTELCOL_HTTP_ENDPOINT": "127.0.0.1:\(securePort.number)",
                "OTELCOL_GRPC_ENDPOINT": "127.0.0.1:0", "OTELCOL_METRICS_LEVEL": "none",
                "OTELCOL_UPSTREAM_ENDPOINT": "\(databases[0].address)/opentelemetry",
            ], output: log)
        let (process, ports) = (process, [securePort.number, plainPort.number])
        _ = eventually(within: Self.startLimit, every: 50) {
            process.exitStatus != nil || ports.allSatisfy(LoopbackSocket.isListening)
        }
        guard process.exitStatus == nil, ports.allSatisfy(LoopbackSocket.isListening) else {
            let said = String(decoding: (try? folder.bytes("collector.log")) ?? [], as: UTF8.self)
            throw SystemError(text: "the collector did not start:\n\(said)")
        }
    }
}
