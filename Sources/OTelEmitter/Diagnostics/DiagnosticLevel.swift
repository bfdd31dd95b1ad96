/// How severe a diagnostic is, and from which severity on diagnostics are reported.
public enum DiagnosticLevel: Int, Sendable, Hashable, CaseIterable {
    /// Nothing is reported.
    case none
    /// Data points were lost for good, or nothing can be exported.
    case error
    /// Something needs attention, but nothing is lost yet.
    case warning
    /// Good to know, such as the end of an outage.
    case info
    /// The same as `info`, since the emitter reports nothing more detailed.
    case debug
    /// The same as `info`, since the emitter reports nothing more detailed.
    case trace

    /// Whether a diagnostic of the given level is reported when this level is set.
    public func admits(_ level: DiagnosticLevel) -> Bool {
        level != .none && level.rawValue <= rawValue
    }
}

extension EmitterDiagnostic {
    /// How severe the diagnostic is.
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
