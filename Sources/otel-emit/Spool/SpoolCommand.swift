internal import OTelEmitter
internal import OTelEmitterTools

/// `otel-emit spool`
struct SpoolCommand: Equatable {
    static let defaultPatience = Duration.seconds(30)

    var directory: String
    var verifies = false
    var replays = false
    var adoptsUnlocked = false
    var patience = Self.defaultPatience
    var tellsProgress = false

    init(_ words: [String]) throws(UsageProblem) {
        var reader = ArgumentReader(words)
        var directories: [String] = []
        var timeout: Duration?
        while let word = try reader.next() {
            switch word {
            case .value(let value): directories.append(value)
            case .option("--verify"): verifies = true
            case .option("--replay"): replays = true
            case .option("--adopt-unlocked"): adoptsUnlocked = true
            case .option("--progress"): tellsProgress = true
            case .option("--timeout"): timeout = try reader.timeout("--timeout")
            case .option(let other):
                throw UsageProblem("spool does not know \"\(other)\"; see otel-emit spool --help")
            }
        }
        guard directories.count == 1, !directories[0].isEmpty else {
            throw UsageProblem("spool needs one directory; see otel-emit spool --help")
        }
        guard replays || (!adoptsUnlocked && timeout == nil) else {
            throw UsageProblem("--adopt-unlocked and --timeout mean something with --replay only")
        }
        directory = directories[0]
        patience = timeout ?? Self.defaultPatience
    }

    /// False if something is corrupt, lost or left, or could not be printed.
    func run() -> Bool {
        let inspection: SpoolInspection
        do throws(SpoolError) {
            inspection = try SpoolInspection(directory: directory, verifies: verifies)
        } catch {
            OutputStream.standardError.printLine("otel-emit: \(error)")
            return false
        }
        let text = SpoolText(inspection, verifies: verifies)
        guard OutputStream.standardOutput.printLine(text.lines.joined(separator: "\n")) else {
            return false
        }
        return replays ? replay() : !text.hasCorruptFiles
    }

    private func replay() -> Bool {
        let configuration = EmitterConfiguration()
        configuration.problems.forEach { configuration.diagnosticHandler(.configuration($0)) }
        guard configuration.isExportEnabled, configuration.exporter == .otlp else {
            OutputStream.standardError.printLine(
                "otel-emit: nothing can be replayed, since OTEL_SDK_DISABLED or"
                    + " OTEL_METRICS_EXPORTER says that nothing is sent")
            return false
        }
        guard !configuration.lacksEndpoint else {
            OutputStream.standardError.printLine(
                "otel-emit: nothing can be replayed, since there is no endpoint that can be used;"
                    + " otel-emit check tells why")
            return false
        }
        var progress = ProgressLine(isForced: tellsProgress)
        var replay = SpoolReplay(
            configuration, directory: directory, adoptsUnlocked: adoptsUnlocked, patience: patience)
        let outcome = replay.run { totals in progress.update { "\(totals)" } }
        progress.end()
        if let trouble = outcome.trouble {
            OutputStream.standardError.printLine("otel-emit: \(trouble)")
        }
        if outcome.skippedFiles > 0 {
            OutputStream.standardError.printLine(
                "otel-emit: \(outcome.skippedFiles) files are corrupt or not this version's")
        }
        if outcome.foreignPoints > 0 {
            OutputStream.standardError.printLine(
                "otel-emit: \(outcome.foreignPoints) data points stay in the spool: their files are"
                    + " for another version of otel-emit")
        }
        if let refusal = outcome.refusal {
            OutputStream.standardError.printLine("otel-emit: \(refusal)")
            OutputStream.standardError.printLine(
                "otel-emit: the replay stops there and gives nothing up:"
                    + " \(waitingPoints ?? outcome.totals.pending) data points remain on disk")
        } else if !outcome.isDone, outcome.totals.pending > 0 {
            OutputStream.standardError.printLine(
                "otel-emit: what is pending stays in the spool; otel-emit check tells why it can't be"
                    + " delivered")
        }
        let isPrinted = OutputStream.standardOutput.printLine(outcome.totals.description)
        return isPrinted && outcome.isDone && outcome.totals.lost == 0
            && outcome.foreignPoints == 0
    }

    /// Data points in the directory but for those of living processes, also those that the replay
    /// has not come to; nil if it can't be read.
    private var waitingPoints: Int? {
        let inspection = try? SpoolInspection(directory: directory, verifies: false)
        return inspection?.incarnations.filter { $0.liveness != .alive }
            .reduce(0) { $0 + $1.volume.points }
    }
}
