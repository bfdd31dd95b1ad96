internal import Instruments
internal import Synchronization

/// Answers scrapes, beside the exports and through a reader of their own.
final class PrometheusScrapes: Sendable {
    /// Different problems that are told; a host that has more has one cause for them.
    static let toldLimit = 100
    /// Told in place of all further ones.
    static let rest = "There are more than \(toldLimit) problems; further ones are not told."

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
            if let news = news(of: problem) { relay.report(.prometheusOmits(reason: news)) }
        }
        return page
    }

    /// What there is to tell of a problem; nil if it was told.
    private func news(of problem: String) -> String? {
        told.withLock { told in
            guard told.count < Self.toldLimit else {
                return told.insert(Self.rest).inserted ? Self.rest : nil
            }
            return told.insert(problem).inserted ? problem : nil
        }
    }
}
