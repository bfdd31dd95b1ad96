import Instruments
import OTelEmitter
import TestSupport

/// Keeps what an emitter tells its operator.
final class Diagnostics: Sendable {
    private let kept = Monitor<[EmitterDiagnostic]>([])

    func add(_ diagnostic: EmitterDiagnostic) {
        kept.withLock { $0.append(diagnostic) }
    }

    var all: [EmitterDiagnostic] { kept.withLock { $0 } }

    /// What kinds there were, in order.
    var kinds: [String] {
        all.map { diagnostic in
            switch diagnostic {
            case .configuration: "configuration"
            case .instruments: "instruments"
            case .deliveryFailing: "failing"
            case .deliveryRecovered: "recovered"
            case .rejected: "rejected"
            case .collectorWarns: "warns"
            case .spoolFailing: "spool failing"
            case .spoolRecovered: "spool recovered"
            case .spoolGaveUp: "spool gave up"
            case .certificatesFailing: "certificates failing"
            case .certificatesRecovered: "certificates recovered"
            case .pushFailing: "push failing"
            case .pushRecovered: "push recovered"
            case .prometheusOmits: "prometheus omits"
            case .exportUnavailable: "unavailable"
            case .diagnosticsDropped: "dropped"
            }
        }
    }

    /// The text of the first one of a kind that contains `part`; nil if none comes in ten seconds.
    func text(containing part: String) -> String? {
        kept.wait(within: .seconds(10)) { kept in
            kept.map(\.description).first { $0.contains(part) }
        }
    }
}
