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
            throw UsageProblem("--adopt-unlocked and --timeout only make sense with --replay")
        }
        directory = directories[0]
        patience = timeout ?? Self.defaultPatience
    }

    /// Runs the command. Returns false if something is corrupt, lost or left, or could not be
    /// printed.
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
                "otel-emit: nothing can be replayed, because OTEL_SDK_DISABLED or"
                    + " OTEL_METRICS_EXPORTER turns the export off")
            return false
        }
        guard !configuration.lacksEndpoint else {
            OutputStream.standardError.printLine(
                "otel-emit: nothing can be replayed, because there is no usable endpoint;"
                    + " otel-emit check says why")
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
                "otel-emit: the replay stops there and discards nothing:"
                    + " \(waitingPoints ?? outcome.totals.pending) data points remain on disk")
        } else if !outcome.isDone, outcome.totals.pending > 0 {
            OutputStream.standardError.printLine(
                "otel-emit: pending data points stay in the spool; otel-emit check says why they"
                    + " can't be delivered")
        }
        let isPrinted = OutputStream.standardOutput.printLine(outcome.totals.description)
        return isPrinted && outcome.isDone && outcome.totals.lost == 0
            && outcome.foreignPoints == 0
    }

    /// The number of data points in the directory, except those of living processes. It includes
    /// the points that the replay has not reached. Nil if the directory can't be read.
    private var waitingPoints: Int? {
        let inspection = try? SpoolInspection(directory: directory, verifies: false)
        return inspection?.incarnations.filter { $0.liveness != .alive }
            .reduce(0) { $0 + $1.volume.points }
    }
}
