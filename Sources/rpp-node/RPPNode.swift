internal import Glibc
internal import OTelEmitter
internal import RPPTelemetry

/// The program. It reads the arguments and the environment, makes emitter, telemetry and worker,
/// runs the node, and writes the ledger, the snapshot and a closing line.
@main
enum RPPNode {
    /// `EX_USAGE` of sysexits.h.
    private static let usageStatus: Int32 = 64
    private static let failureStatus: Int32 = 1
    /// `service.version`
    private static let version = "0.1.0"

    static func main() {
        let arguments: Arguments
        do throws(Arguments.Problem) {
            arguments = try Arguments(parsing: CommandLine.arguments.dropFirst())
        } catch {
            OutputStream.standardError.printLine("rpp-node: \(error)")
            exit(usageStatus)
        }
        if arguments.wantsHelp {
            exit(printOut(Arguments.help) ? 0 : failureStatus)
        }
        do throws(SystemCallError) {
            if try !run(arguments) { exit(failureStatus) }
        } catch {
            OutputStream.standardError.printLine("rpp-node: \(error)")
            exit(failureStatus)
        }
    }

    /// - Returns: false if some of the results could not be written.
    private static func run(_ arguments: Arguments) throws(SystemCallError) -> Bool {
        var configuration = NodeTelemetryConfiguration(
            mode: arguments.mode, version: Self.version)
        // The snapshot that is written has to show the values that were sent.
        configuration.emitter.keepsLastCollection = true
        let emitter = Emitter(configuration.emitter)
        let telemetry = NodeTelemetry(
            provider: emitter.meterProvider,
            nodeID: NodeIdentity.peerID(seed: arguments.configuration.seed, validator: 0),
            hasNetwork: !arguments.configuration.isWithoutNetwork)
        let worker = configuration.worker.map { TelemetryWorker(telemetry, $0) }
        let node = try Node(arguments.configuration, telemetry: telemetry, emitter: emitter)
        let watcher = try SignalWatcher(requesting: node.requestStop)
        defer { watcher.end() }
        let outcome = try node.run { port in
            OutputStream.standardError.printLine("rpc listening on 127.0.0.1:\(port)")
        }
        if !outcome.isComplete {
            OutputStream.standardError.printLine(
                "rpp-node: a thread did not end in time; the ledger may miss what it still does")
        }
        // From here on only the worker still counts something, so the collection of the shutdown
        // has the final values. The shutdown comes before the files, so that a failing disk loses
        // no measurement.
        worker?.shutdown()
        let report = emitter.shutdown()
        var isWritten = printOut(report.description)
        if let path = arguments.ledgerPath {
            isWritten = replace(path, with: outcome.ledger.json) && isWritten
        }
        if let path = arguments.snapshotPath {
            let last = emitter.lastCollection.map(telemetry.snapshot(from:))
            let document = (last ?? telemetry.snapshot()).json()
            let text = String(decoding: document, as: UTF8.self) + "\n"
            isWritten = replace(path, with: text) && isWritten
        }
        return isWritten
    }

    private static func printOut(_ line: String) -> Bool {
        if OutputStream.standardOutput.printLine(line) { return true }
        OutputStream.standardError.printLine(
            "rpp-node: \(SystemCallError("write standard output"))")
        return false
    }

    private static func replace(_ path: String, with text: String) -> Bool {
        do throws(SystemCallError) {
            try FileBytes.replace(path, with: text)
            return true
        } catch {
            OutputStream.standardError.printLine("rpp-node: \(error)")
            return false
        }
    }
}
