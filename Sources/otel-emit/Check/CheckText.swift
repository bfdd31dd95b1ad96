internal import OTelEmitter
internal import OTelEmitterTools

/// What `check` prints, section by section, and the number of failures.
struct CheckText {
    private static let outcomeWidth = 7
    private static let nameWidth =
        WireForm.allCases.flatMap { form in
            ProbeStep.Name.allCases.map { $0.title(form).utf8.count }
        }.max() ?? 0

    private(set) var failures = 0
    private var lines: [String] = []

    /// The lines since the last call, without the end of the last line.
    mutating func take() -> String {
        defer { lines = [] }
        return lines.joined(separator: "\n")
    }

    /// Adds the options in force and their problems.
    mutating func add(_ configuration: EmitterConfiguration) {
        lines.append("configuration")
        lines += configuration.effective.map { "  \($0)" }
        for problem in configuration.problems {
            add(problem.isInForce ? .doubtful : .failed, "", "\(problem)", advice: nil)
        }
        if !configuration.isExportEnabled {
            add(
                .failed, "", "Nothing is exported.",
                advice: "unset OTEL_SDK_DISABLED, and set OTEL_METRICS_EXPORTER to otlp")
        } else if configuration.exporter != .otlp {
            add(
                .doubtful, "", "Nothing is sent, so no endpoint is tried: see exporter above.",
                advice: nil)
        }
    }

    /// Adds the results of trying an endpoint.
    mutating func add(_ title: String, _ report: ProbeReport) {
        lines += ["", "\(title) \(report.endpoint)"]
        for step in report.steps {
            add(step.outcome, step.name.title(report.form), step.detail, advice: step.advice)
        }
    }

    /// The last line.
    var conclusion: String {
        switch failures {
        case 0: "\nall is well"
        case 1: "\n1 failure"
        default: "\n\(failures) failures"
        }
    }

    private mutating func add(
        _ outcome: ProbeStep.Outcome, _ name: String, _ detail: String, advice: String?
    ) {
        if outcome == .failed { failures += 1 }
        var line = "  " + Self.padded(Self.word(outcome), Self.outcomeWidth)
        if !name.isEmpty { line += "  " + Self.padded(name, Self.nameWidth) }
        // A server may have chosen parts of the text.
        line += "  " + detail.withoutControls
        while line.hasSuffix(" ") { line.removeLast() }
        lines.append(line)
        guard let advice else { return }
        let margin = 2 + Self.outcomeWidth + 2 + (name.isEmpty ? 0 : Self.nameWidth + 2)
        lines.append(Self.padded("", margin) + "-> " + advice.withoutControls)
    }

    private static func word(_ outcome: ProbeStep.Outcome) -> String {
        switch outcome {
        case .good: "ok"
        case .doubtful: "note"
        case .failed: "FAIL"
        case .skipped: "skipped"
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.utf8.count, 0))
    }
}
