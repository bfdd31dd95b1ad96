/// How much an operator wants to be told, and how much a diagnostic matters.
public enum DiagnosticLevel: Int, Sendable, Hashable, CaseIterable {
    /// Nothing is told.
    case none
    /// Data points were lost for good, or nothing can be exported.
    case error
    /// Something needs attention; nothing is lost yet.
    case warning
    /// What is good to know, such as the end of an outage.
    case info
    /// Like `info`: the emitter tells nothing finer.
    case debug
    /// Like `info`: the emitter tells nothing finer.
    case trace

    /// Whether somebody who wants to be told this much is told something of that level.
    public func admits(_ level: DiagnosticLevel) -> Bool {
        level != .none && level.rawValue <= rawValue
    }
}

extension EmitterDiagnostic {
    /// How much it matters.
    public var level: DiagnosticLevel {
        switch self {
        case .rejected, .spoolGaveUp, .exportUnavailable: .error
        case .configuration(let problem): problem.stopsSending ? .error : .warning
        case .instruments, .deliveryFailing, .collectorWarns, .spoolFailing,
            .certificatesFailing, .pushFailing, .prometheusOmits, .diagnosticsDropped:
            .warning
        case .deliveryRecovered, .spoolRecovered, .certificatesRecovered, .pushRecovered: .info
        }
    }
}
