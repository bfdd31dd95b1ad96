import Foundation
import TestSupport

/// The program `rpp-node`.
final class NodeProcess: Sendable {
    private static let startLimit = Duration.seconds(60)
    /// Longer than any test reads.
    private static let lingerSeconds = 3600

    let instance: String
    let port: UInt16
    private let process: ChildProcess
    private let errors: String

    /// - Parameters:
    ///   - lingers: whether it stays when its run is over.
    ///   - environment: beside the name of its instance.
    init(
        _ instance: String, seconds: Int, lingers: Bool = true, _ arguments: [String],
        environment: [String: String],
        in folder: TemporaryFolder
    ) throws {
        self.instance = instance
        errors = folder.file("\(instance).err")
        let own = [
            "RPP_INSTANCE_ID": instance, "OTEL_METRIC_EXPORT_INTERVAL": "1000",
            "OTEL_SERVICE_NAME": "observed",
            "OTEL_RESOURCE_ATTRIBUTES": "service.namespace=chain,service.version=1.2.3,"
                + "deployment.environment.name=test",
        ]
        let time = [
            "--seconds", String(seconds),
            "--linger-seconds", String(lingers ? Self.lingerSeconds : 0),
        ]
        process = try ChildProcess(
            BuiltProgram.path(of: "rpp-node"), time + arguments,
            environment: BuiltProgram.sanitizerOptions.merging(own.merging(environment) { $1 }) {
                $1
            },
            output: folder.file("\(instance).out"), errors: errors)
        var found: UInt16?
        let (process, name) = (process, errors)
        _ = eventually(within: Self.startLimit, every: 20) {
            let said = (try? String(contentsOfFile: name, encoding: .utf8)) ?? ""
            let line = said.split(separator: "\n").first { $0.hasPrefix("rpc listening on ") }
            found = line?.split(separator: ":").last.flatMap { UInt16($0) }
            return found != nil || process.exitStatus != nil
        }
        guard let found else {
            let said = (try? String(contentsOfFile: name, encoding: .utf8)) ?? ""
            throw SystemError(text: "rpp-node \(instance) did not start:\n\(said)")
        }
        port = found
    }

    /// Its page for Prometheus.
    func page(accept: String? = nil) throws -> LoopbackHTTP.Answer {
        try LoopbackHTTP.get("/metrics", port: port, accept: accept)
    }

    /// Whether nothing more happens in it.
    var isFinished: Bool {
        let answer = try? LoopbackHTTP.get("/healthz", port: port)
        return answer?.text.contains("\"finished\"") == true
    }

    var said: String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

    /// Asks it to end; the status that it ended with.
    func end() -> Int32? {
        process.end(patience: .seconds(60))
        return process.ownStatus(within: .zero)
    }
}
