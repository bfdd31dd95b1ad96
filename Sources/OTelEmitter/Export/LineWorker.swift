internal import Instruments

/// Drives the exporters to standard output and to files: collects on schedule or on request, and
/// writes lines.
///
/// Used by the emitter's thread alone, in place of `ExportWorker`. Nothing waits in a queue: what
/// can't be written is lost, and declared so.
final class LineWorker {
    /// How long an answer waits for a slow diagnostic handler.
    private static let diagnosticsPatience = Duration.milliseconds(20)

    private let configuration: EmitterConfiguration
    private let reader: MetricReader
    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    private let clock: EmitterClock
    /// Whether somebody has asked for something since the last look.
    private let bell = Monitor(false)
    /// What the operator is told of.
    private let name: String
    private var output: LineOutput
    private var schedule: Schedule
    private var outage = OutageReport()
    private var omissions = OmissionReport()
    private var totals = DeliveryTotals()
    /// What the next difference begins from.
    private var last: MetricsCollection?

    init(_ context: ExportThread.Context) {
        configuration = context.configuration
        reader = context.reader
        mailbox = context.mailbox
        relay = context.relay
        clock = configuration.clock
        if case .otlpFile(let path) = configuration.exporter {
            name = "the file \(path)"
            output = LineOutput(path: path)
        } else {
            name = "standard output"
            output = LineOutput(configuration.consoleDescriptor)
        }
        schedule = Schedule(interval: configuration.exportInterval, from: clock.now())
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
            let isDue = schedule.isDue(at: clock.now())
            if isLast || isDue || !requests.flushes.isEmpty {
                export(for: requests.flushes, isLast: isLast)
            }
            if isLast { return true }
            _ = bell.wait(until: systemTime(schedule.next).nanoseconds) { isRung -> Bool? in
                defer { isRung = false }
                return isRung ? true : nil
            }
        }
    }

    /// Collects and writes, and answers who waits for it.
    private func export(for requested: [ExportMailbox.Request], isLast: Bool) {
        let lostBefore = totals.lostValues
        let read = reader.collection(
            waitingForCallbacks: isLast ? (mailbox.cutoff() - clock.now()) / 2 : nil)
        if configuration.keepsLastCollection { mailbox.publish(read.snapshot) }
        let exported = read.delta(since: last, preference: configuration.temporality)
        last = configuration.temporality == .cumulative ? nil : read
        totals.recorded += exported.pointCount
        totals.pending = exported.pointCount
        mailbox.publish(totals)
        write(lines(of: exported))
        mailbox.publish(totals)
        let limit = clock.now() + Self.diagnosticsPatience
        relay.settle(until: systemTime(min(limit, mailbox.cutoff())))
        let report = DeliveryReport(isComplete: totals.lostValues == lostBefore, totals: totals)
        requested.forEach { $0.waiter.resume(report) }
    }

    private func lines(of snapshot: MetricsSnapshot) -> [OutputLine] {
        if configuration.exporter == .console { return OutputLine.text(snapshot) }
        return OutputLine.json(snapshot, limits: configuration.batchLimits) { metric, points in
            totals.lose(points, .tooLarge)
            totals.pending -= points
            omissions.omitted(points, of: metric, at: clock.now()).map(relay.report)
        }
    }

    /// A line that is written is points that are delivered.
    private func write(_ lines: [OutputLine]) {
        guard !lines.isEmpty else { return }
        let limit = configuration.exportTimeout
        let end = limit > .zero ? clock.now() + limit : .distantFuture
        do throws(LineOutput.Failure) {
            try output.open()
            for line in lines {
                try output.write(line.bytes) { systemTime(min(end, mailbox.cutoff())) }
                totals.delivered += line.points
                totals.pending -= line.points
                // The next line may have to wait; who asks meanwhile is told the truth.
                mailbox.publish(totals)
            }
            outage.delivered(at: clock.now(), endpoint: name, lostPoints: totals.lost)
                .map(relay.report)
        } catch {
            totals.lose(totals.pending, .unwritten)
            totals.pending = 0
            outage.attemptFailed(
                at: clock.now(), endpoint: name, reason: error.reason, waitingPoints: 0,
                lostPoints: totals.lost
            ).map(relay.report)
        }
    }

    /// When the system's clock shows what the configuration's will show then.
    private func systemTime(_ time: MonotonicTime) -> MonotonicTime {
        .now() + (time - clock.now())
    }
}
