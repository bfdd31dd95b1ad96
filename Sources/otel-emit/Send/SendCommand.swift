internal import OTelEmitter
internal import OTelEmitterTools

/// `otel-emit send`
struct SendCommand: Equatable {
    static let defaultScope = "otel-emit"
    static let defaultTimeout = Duration.seconds(10)
    /// Series of one instrument: input is wanted, not a mistake of a program.
    static let seriesLimit = 100_000

    /// From where measurements come.
    enum Source: Equatable {
        case arguments(Measurement)
        case standardInput
    }

    var source: Source
    /// What a line has that does not say it itself.
    var defaults = MeasurementLine.Defaults()
    var scope = Self.defaultScope
    var timeout = Self.defaultTimeout
    var tellsProgress = false

    /// False if something was bad or lost, was not even collected, or could not be printed.
    func run() -> Bool {
        var configuration = EmitterConfiguration()
        guard configuration.isExportEnabled else {
            OutputStream.standardError.printLine(
                "otel-emit: nothing is exported, since OTEL_SDK_DISABLED or OTEL_METRICS_EXPORTER"
                    + " says so; otel-emit check prints the configuration")
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
        // Short input makes one collection, that of the shutdown.
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
        // What is served and not lost is delivered, or lies in the spool.
        return isPrinted && bad == 0 && report.isServed && report.totals.lostValues == 0
    }

    /// Waits for the delivery, and tells that it does.
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

    /// The number of bad lines.
    private func recordInput(_ recorder: inout MeasurementRecorder) -> Int {
        var input = MeasurementInput(
            defaults: defaults, progress: ProgressLine(isForced: tellsProgress))
        return input.read(into: &recorder)
    }

    private func tell(_ report: DeliveryReport, spool: SpoolOptions?) {
        let totals = report.totals
        if !report.isServed {
            OutputStream.standardError.printLine(
                "otel-emit: it is not known whether all measurements were collected: the emitter"
                    + " could not work, or was not done within \(NumberText.seconds(timeout)) s"
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
