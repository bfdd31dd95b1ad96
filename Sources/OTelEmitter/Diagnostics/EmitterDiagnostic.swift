internal import Glibc
public import Instruments

/// Something that an operator should know. It never holds values of headers or credentials of a
/// URL.
public enum EmitterDiagnostic: Sendable, Equatable, CustomStringConvertible {
    /// A configuration value can't be used. The default applies instead, or nothing is sent.
    case configuration(ConfigurationProblem)
    /// A program misuses an instrument.
    case instruments(InstrumentsDiagnostic)
    /// Deliveries fail. Reported when this begins, then every ten minutes while it lasts.
    case deliveryFailing(endpoint: String, reason: String, waitingPoints: Int)
    /// Deliveries work again.
    case deliveryRecovered(endpoint: String, after: Duration, lostPoints: Int)
    /// The collector has refused data points for good.
    case rejected(endpoint: String, reason: String, points: Int)
    /// The collector accepts data points, but has sent a warning about them.
    case collectorWarns(endpoint: String, message: String)
    /// The spool's disk accepts no batches, so they stay in memory. Reported when this begins, then
    /// every ten minutes while it lasts.
    case spoolFailing(reason: String, waitingPoints: Int)
    /// The spool's disk accepts batches again.
    case spoolRecovered(after: Duration)
    /// Batches on disk were given up because of their age or size, or could not be read.
    case spoolGaveUp(points: Int, unreadableFiles: Int)
    /// Certificate files were replaced and can't be used, so the previous ones stay in use.
    /// Reported after half a minute, then every hour while it lasts.
    case certificatesFailing(endpoint: String, reason: String)
    /// The certificate files can be used again.
    case certificatesRecovered(endpoint: String, after: Duration)
    /// Documents can't be sent (`HTTPPush`). Reported when this begins, then every ten minutes
    /// while it lasts.
    case pushFailing(endpoint: String, reason: String)
    /// Documents are sent again.
    case pushRecovered(endpoint: String, after: Duration)
    /// A metric or a series, or a part of it, is missing from the page for Prometheus. Each is
    /// reported once, and at most a hundred are.
    case prometheusOmits(reason: String)
    /// The emitter can't export at all. Recording goes on.
    case exportUnavailable(reason: String)
    /// Diagnostics were dropped because too many were already waiting for the handler.
    case diagnosticsDropped(count: Int)

    public var description: String {
        switch self {
        case .configuration(let problem):
            problem.description
        case .instruments(let diagnostic):
            diagnostic.description
        case .deliveryFailing(let endpoint, let reason, let points):
            "Metrics can't be delivered to \(endpoint): \(reason). \(points) data points wait;"
                + " attempts go on."
        case .deliveryRecovered(let endpoint, let outage, let lost):
            "Metrics are delivered to \(endpoint) again after \(outage.shortText);"
                + " \(lost) data points were lost."
        case .rejected(let endpoint, let reason, let points):
            "\(endpoint) refused \(points) data points for good: \(reason)."
        case .collectorWarns(let endpoint, let message):
            "\(endpoint) says: \(message)."
        case .spoolFailing(let reason, let points):
            "Metrics can't be kept on disk: \(reason). \(points) data points wait in memory;"
                + " attempts go on."
        case .spoolRecovered(let outage):
            "Metrics can be kept on disk again after \(outage.shortText)."
        case .spoolGaveUp(let points, let files):
            "\(points) data points on disk were given up, and \(files) files could not be read."
        case .certificatesFailing(let endpoint, let reason):
            "New certificates for \(endpoint) can't be used: \(reason). Those of before stay in use."
        case .certificatesRecovered(let endpoint, let trouble):
            "The certificates for \(endpoint) can be used again after \(trouble.shortText)."
        case .pushFailing(let endpoint, let reason):
            "Documents can't be posted to \(endpoint): \(reason). The newest one is tried."
        case .pushRecovered(let endpoint, let outage):
            "Documents are posted to \(endpoint) again after \(outage.shortText)."
        case .prometheusOmits(let reason):
            "The page for Prometheus is not complete: \(reason)"
        case .exportUnavailable(let reason):
            "Metrics are not exported: \(reason). Recording goes on."
        case .diagnosticsDropped(let count):
            "\(count) diagnostics were not told: the handler took too long."
        }
    }

    /// Writes one line to standard error. Control characters are replaced, so that a hostile
    /// response can't forge lines.
    public static func writeToStandardError(_ diagnostic: EmitterDiagnostic) {
        let line = Array("otel-emitter: \(diagnostic.description.withoutControls)\n".utf8)
        // If standard error itself can't be written, there is no way to report that.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Duration {
    /// Seconds with one decimal, such as `5.1 s`.
    var shortText: String {
        let tenths = (components.seconds * 10) + components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
