internal import Instruments
internal import Synchronization

/// Answers scrapes, beside the exports and through a reader of their own.
final class PrometheusScrapes: Sendable {
    /// Different problems that are told; a host that has more has one cause for them.
    static let toldLimit = 100

    private let reader: MetricReader
    private let relay: DiagnosticRelay
    private let told = Mutex<Set<String>>([])

    init(of reader: MetricReader, _ relay: DiagnosticRelay) {
        self.reader = reader
        self.relay = relay
    }

    func page(accept: String?, _ text: PrometheusText) -> PrometheusPage {
        let page = text.page(of: reader.collect(), accept: accept)
        for problem in page.problems {
            let isNew = told.withLock {
                $0.count < Self.toldLimit && $0.insert(problem).inserted
            }
            if isNew { relay.report(.prometheusOmits(reason: problem)) }
        }
        return page
    }
}
