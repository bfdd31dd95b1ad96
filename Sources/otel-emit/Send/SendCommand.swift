internal import OTelEmitter
internal import OTelEmitterTools

/// `otel-emit send`
struct SendCommand: Equatable {
    static let defaultScope = "otel-emit"
    static let defaultTimeout = Duration.seconds(10)
    /// The limit on the series of one instrument. It is high because the input is intended, unlike
    /// a program's mistake.
    static let seriesLimit = 100_000

    /// Where the measurements come from.
    enum Source: Equatable {
        case arguments(Measurement)
        case standardInput
    }

    var source: Source
    /// The values that apply if a line does not have its own.
    var defaults = MeasurementLine.Defaults()
    var scope = Self.defaultScope
    var timeout = Self.defaultTimeout
    var tellsProgress = false

    /// Runs the command. Returns false if something was invalid or lost, was not even collected, or
    /// could not be printed.
    func run() -> Bool {
        var configuration = EmitterConfiguration()
        guard configuration.isExportEnabled else {
            OutputStream.standardError.printLine(
                "otel-emit: nothing is exported, because OTEL_SDK_DISABLED or OTEL_METRICS_EXPORTER"
                    + " turns it off; otel-emit check prints the configuration")
            return false
        }
        guard !configuration.lacksEndpoint else {
            for problem in configuration.problems where problem.stopsSending {
                OutputStream.standardError.printLine("otel-emit: \(problem)")
            }
            return false
        }
        configuration.isSelfObserved = false
        configuration.cardinalityLimit = Self.seriesLimit
        // Short input needs only one collection, that of the shutdown.
        configuration.startPhase = 1
        let emitter = Emitter(configuration)
        var recorder = MeasurementRecorder(emitter, scope: scope)
        let bad =
            switch source {
            case .arguments(let measurement): record(measurement, &recorder) ? 0 : 1
            case .standardInput: recordInput(&recorder)
            }
        let report = deliver(emitter)
        tell(report, spool: configuration.withAbsolutePaths.spool)
        let isPrinted = OutputStream.standardOutput.printLine(report.description)
        // Data points that were collected and not lost have been delivered or are in the spool.
        return isPrinted && bad == 0 && report.isServed && report.totals.lostValues == 0
    }

    /// Waits for the delivery and shows its progress.
    private func deliver(_ emitter: Emitter) -> DeliveryReport {
        var progress = ProgressLine(isForced: tellsProgress)
        defer { progress.end() }
        let text = WaitingText(emitter.configuration, limit: timeout)
        let start = ContinuousClock.now
        return emitter.shutdown(timeout: timeout, every: ProgressLine.interval) { totals in
            progress.update { text.line(totals, after: .now - start) }
        }
    }

    private func record(_ measurement: Measurement, _ recorder: inout MeasurementRecorder) -> Bool {
        do throws(Measurement.Problem) {
            try recorder.record(measurement)
            return true
        } catch {
            OutputStream.standardError.printLine("otel-emit: \(error)")
            return false
        }
    }

    /// Records the measurements of the input. Returns the number of bad lines.
    private func recordInput(_ recorder: inout MeasurementRecorder) -> Int {
        var input = MeasurementInput(
            defaults: defaults, progress: ProgressLine(isForced: tellsProgress))
        return input.read(into: &recorder)
    }

    private func tell(_ report: DeliveryReport, spool: SpoolOptions?) {
        let totals = report.totals
        if !report.isServed {
            OutputStream.standardError.printLine(
                "otel-emit: it is unknown whether all measurements were collected: the emitter"
                    + " could not work, or did not finish within \(NumberText.seconds(timeout)) s"
                    + " (--timeout)")
        }
        for (reason, points) in totals.lostByReason.sorted(by: { $0.key.rawValue < $1.key.rawValue }
        ) {
            OutputStream.standardError.printLine(
                reason == .superseded
                    ? "otel-emit: \(points) data points were superseded by newer ones"
                    : "otel-emit: \(points) data points are lost: \(reason.rawValue)")
        }
        if totals.pending > 0, let spool {
            OutputStream.standardError.printLine(
                "otel-emit: \(totals.pending) data points wait in the spool; to send them:"
                    + " otel-emit spool \(ShellWord.quoted(spool.directory)) --replay")
        }
    }
}
