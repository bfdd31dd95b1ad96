import Foundation
import TestSupport

/// A real OpenTelemetry Collector, run by a test: it takes OTLP on a port of its own, and sends
/// what it has understood to a scripted collector, in its own JSON encoding.
///
/// Nothing stands between receiver and exporter (no batch, queue or retry), so a request is
/// answered with success only after the scripted collector has accepted it.
final class GenuineCollector {
    /// The binary; nil if the environment names none.
    static var path: String? {
        ProcessInfo.processInfo.environment["OTELCOL"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a test that misses the binary fails, where it would otherwise be skipped.
    static var isRequired: Bool {
        ProcessInfo.processInfo.environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"
    }

    /// Whether tests that need certificates for one are run.
    static var isSecureWanted: Bool { isRequired || path != nil && InstalledTool.openssl != nil }

    static let reasonToSkip =
        "OTELCOL is unset; collector-config/get-otelcol prints the path of a collector"

    /// The longest that one may take to accept connections.
    private static let startLimit = Duration.seconds(30)

    private let process: ChildProcess
    private let output: String

    /// Starts one, and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - upstream: the port of 127.0.0.1 that it sends to.
    ///   - memoryLimit: mebibytes beyond which its memory limiter refuses data.
    ///   - grpc: a port for the other protocol.
    ///   - tls: the receiver's settings, as a YAML mapping without its braces.
    init(
        on port: HeldPort, sendingTo upstream: UInt16, memoryLimit: Int = 4096,
        grpc: HeldPort? = nil, tls: String? = nil
    ) throws {
        guard let path = Self.path else { throw SystemError(text: Self.reasonToSkip) }
        output =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("otel-emitter-test-\(UUID().uuidString).log").path
        let configuration = Self.configuration(
            port.number, grpc?.number, tls, upstream, memoryLimit)
        process = try ChildProcess(path, ["--config=yaml:" + configuration], output: output)
        let process = process
        _ = eventually(within: Self.startLimit) {
            process.exitStatus != nil || LoopbackSocket.isListening(port.number)
        }
        guard process.exitStatus == nil, LoopbackSocket.isListening(port.number) else {
            end()
            throw SystemError(text: "the collector did not start:\n\(log)")
        }
    }

    deinit {
        end()
        try? FileManager.default.removeItem(atPath: output)
    }

    /// Asks it to end, and waits.
    func end() {
        process.end()
    }

    /// What it said so far.
    var log: String {
        (try? String(contentsOfFile: output, encoding: .utf8)) ?? "(no output)"
    }

    private static func configuration(
        _ port: UInt16, _ grpc: UInt16?, _ tls: String?, _ upstream: UInt16, _ memoryLimit: Int
    ) -> String {
        let security = tls.map { ", tls: {\($0)}" } ?? ""
        let other = grpc.map { "grpc: {endpoint: '127.0.0.1:\($0)'\(security)}" } ?? ""
        return """
            receivers:
              otlp:
                protocols:
                  http: {endpoint: '127.0.0.1:\(port)'\(security)}
                  \(other)
            exporters:
              otlphttp:
                endpoint: http://127.0.0.1:\(upstream)
                encoding: json
                compression: none
                retry_on_failure:
                  enabled: false
                sending_queue:
                  enabled: false
            processors:
              memory_limiter:
                check_interval: 100ms
                limit_mib: \(memoryLimit)
            service:
              telemetry:
                metrics:
                  level: none
              pipelines:
                metrics:
                  receivers: [otlp]
                  processors: [memory_limiter]
                  exporters: [otlphttp]
            """
    }
}
