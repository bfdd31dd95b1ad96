import Instruments
import OTelEmitter
import TestSupport

/// When an emitter told what, by a scenario's clock.
final class TimedLog: Sendable {
    /// Lines that an hour of one cause may have.
    static let budget = 10

    private let lines = Monitor<[String: [Duration]]>([:])

    func add(_ diagnostic: EmitterDiagnostic, at time: Duration) {
        lines.withLock { $0[Self.cause(diagnostic), default: []].append(time) }
    }

    /// The most lines that any hour has of one cause; an outage and its end are one.
    var busiestHour: Int {
        lines.withLock { lines in
            lines.values.flatMap { times in
                times.map { start in
                    times.filter { $0 >= start && $0 < start + .seconds(3600) }.count
                }
            }.max() ?? 0
        }
    }

    private static func cause(_ diagnostic: EmitterDiagnostic) -> String {
        switch diagnostic {
        case .configuration: "configuration"
        case .instruments: "instruments"
        case .deliveryFailing(let endpoint, _, _), .deliveryRecovered(let endpoint, _, _):
            "delivery to \(endpoint)"
        case .rejected: "refusals"
        case .collectorWarns: "warnings"
        case .spoolFailing, .spoolRecovered, .spoolGaveUp: "spool"
        case .certificatesFailing, .certificatesRecovered: "certificates"
        case .pushFailing, .pushRecovered: "push"
        case .prometheusOmits: "prometheus"
        case .exportUnavailable: "export"
        case .diagnosticsDropped: "diagnostics"
        }
    }
}
