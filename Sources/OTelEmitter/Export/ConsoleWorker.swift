internal import Instruments

/// Drives the console exporter: collects on schedule or on request, and writes text.
///
/// Used by the emitter's thread alone, in place of `ExportWorker`. Nothing waits in a queue: what
/// can't be written is lost, and declared so.
final class ConsoleWorker {
    private static let name = "standard output"
    /// How long an answer waits for a slow diagnostic handler.
    private static let diagnosticsPatience = Duration.milliseconds(20)

    private let configuration: EmitterConfiguration
    private let reader: MetricReader
    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    /// Whether somebody has asked for something since the last look.
    private let bell = Monitor(false)
    private var output: ConsoleOutput
    private var schedule: Schedule
    private var outage = OutageReport()
    private var totals = DeliveryTotals()
    /// What the next difference begins from.
    private var last: MetricsSnapshot?

    init(
        _ configuration: EmitterConfiguration, _ reader: MetricReader, _ mailbox: ExportMailbox,
        _ relay: DiagnosticRelay
    ) {
        self.configuration = configuration
        self.reader = reader
        self.mailbox = mailbox
        self.relay = relay
        output = ConsoleOutput(configuration.consoleDescriptor)
        schedule = Schedule(interval: configuration.exportInterval, from: .now())
    }

    /// Works until a shutdown is asked for, or the emitter is gone. True if everything recorded was
    /// collected.
    func run() -> Bool {
        mailbox.attach { [bell] in bell.change { $0 = true } }
        defer { mailbox.detach() }
        while true {
            let requests = mailbox.take()
            if requests.isAbandoned { return false }
            let isLast = !requests.shutdowns.isEmpty
            let isDue = schedule.isDue(at: .now())
            if isLast || isDue || !requests.flushes.isEmpty { export(for: requests.flushes) }
            if isLast { return true }
            _ = bell.wait(until: schedule.next.nanoseconds) { isRung -> Bool? in
                defer { isRung = false }
                return isRung ? true : nil
            }
        }
    }

    /// Collects and writes, and answers who waits for it.
    private func export(for requested: [ExportMailbox.Request]) {
        let lostBefore = totals.lostValues
        let snapshot = reader.collect()
        mailbox.publish(snapshot)
        let exported = snapshot.delta(since: last, preference: configuration.temporality)
        last = configuration.temporality == .cumulative ? nil : snapshot
        totals.recorded += exported.pointCount
        totals.pending = exported.pointCount
        mailbox.publish(totals)
        write(ConsoleText.lines(exported))
        mailbox.publish(totals)
        let limit = MonotonicTime.now() + Self.diagnosticsPatience
        relay.settle(until: min(limit, mailbox.cutoff()))
        let report = DeliveryReport(isComplete: totals.lostValues == lostBefore, totals: totals)
        requested.forEach { $0.waiter.resume(report) }
    }

    /// A line that is written is a point that is delivered.
    private func write(_ lines: [String]) {
        let limit = configuration.exportTimeout
        let end = limit > .zero ? MonotonicTime.now() + limit : .distantFuture
        do throws(ConsoleOutput.Failure) {
            for line in lines {
                try output.write(line) { min(end, mailbox.cutoff()) }
                totals.delivered += 1
                totals.pending -= 1
                // The next line may have to wait; who asks meanwhile is told the truth.
                mailbox.publish(totals)
            }
            outage.delivered(at: .now(), endpoint: Self.name, lostPoints: totals.lost)
                .map(relay.report)
        } catch {
            totals.lose(totals.pending, .unwritten)
            totals.pending = 0
            outage.attemptFailed(
                at: .now(), endpoint: Self.name, reason: error.reason, waitingPoints: 0,
                lostPoints: totals.lost
            ).map(relay.report)
        }
    }
}
