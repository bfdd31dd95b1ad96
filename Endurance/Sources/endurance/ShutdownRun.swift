import Instruments
import OTelEmitter
import Synchronization

/// One emitter's life: made, recorded with, shut down at some moment, and what came of it.
struct ShutdownRun {
    /// What the emitter's thread does when it is shut down.
    enum Moment: CaseIterable {
        /// It waits for an export that is an hour away.
        case quiet
        /// It has sent a request, and the answer comes after the call of `shutdown`.
        case amidExport
        /// It exports every millisecond, so it may be anywhere.
        case anywhere
    }

    /// Lines for the operator.
    private final class Told: Sendable {
        let lines = Atomic(0)
    }

    /// The longest that a run goes on exporting every millisecond, in microseconds.
    private static let exportingLimit = 3000

    let number: Int
    let moment: Moment
    let report: DeliveryReport
    let tally: CountingSink.Tally
    /// Whether a request was on its way when `shutdown` was called.
    let isAmidExport: Bool
    private let isDelta: Bool
    private let adds: Int
    private let lines: Int

    /// Runs it.
    init(_ number: Int, _ moment: Moment, _ sink: CountingSink, _ seed: UInt64) {
        var random = SeededRandom(seed: seed &+ UInt64(number))
        self.number = number
        self.moment = moment
        isDelta = random.oneIn(2)
        adds = moment == .quiet ? 1 : 2
        sink.begin(number, hold: moment == .amidExport ? Int32(1 + random.below(3)) : nil)
        let told = Told()
        let emitter = Self.emitter(sink.target(number), moment, isDelta: isDelta, told)
        let counter = emitter.meter("endurance").counter("shutdowns")
        counter.add(1)
        switch moment {
        case .quiet: break
        case .amidExport:
            if !sink.awaitRequest() { told.lines.add(1, ordering: .relaxed) }
            counter.add(1)
            sink.release()
        case .anywhere:
            let end = Process.seconds + Double(random.below(Self.exportingLimit)) / 1e6
            while Process.seconds < end {}
            counter.add(1)
        }
        let calledAt = Process.seconds
        report = emitter.shutdown()
        tally = sink.tally
        isAmidExport = moment == .amidExport && (tally.answeredAt ?? 0) > calledAt
        lines = told.lines.load(ordering: .relaxed)
    }

    /// What is wrong; nil if nothing is.
    var fault: String? {
        let totals = report.totals
        // Differences add up to what was added; of sums the last one is it.
        let value = isDelta ? tally.values.reduce(0, +) : tally.values.last
        let isBalanced =
            totals.recorded == totals.delivered && totals.pending == 0 && totals.lost == 0
        let isKept = totals.delivered == tally.values.count && value == adds
        if report.isComplete, isBalanced, isKept, lines == 0 { return nil }
        return "run \(number), \(moment), \(isDelta ? "delta" : "cumulative"): \(report), complete"
            + " \(report.isComplete), added \(adds), received \(tally.values), \(lines) lines told"
    }

    private static func emitter(
        _ target: String, _ moment: Moment, isDelta: Bool, _ told: Told
    ) -> Emitter {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint = Endpoint(exactly: target) ?? .standard
        configuration.exportInterval = moment == .quiet ? .seconds(3600) : .milliseconds(1)
        configuration.temporality = isDelta ? .delta : .cumulative
        configuration.isSelfObserved = false
        configuration.diagnosticHandler = { _ in told.lines.add(1, ordering: .relaxed) }
        return Emitter(configuration)
    }
}
