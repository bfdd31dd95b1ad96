internal import Instruments

/// Drives the export side: collects on schedule or on request, encodes, lets batches wait, sends.
///
/// Used by the emitter's thread alone. It waits in one place only, libcurl's poll, which requests
/// wake; every wait and every transfer ends at a deadline. What it measures its time by is the
/// configuration's clock.
final class ExportWorker {
    /// How long an answer waits for a slow diagnostic handler.
    private static let diagnosticsPatience = Duration.milliseconds(20)

    private let configuration: EmitterConfiguration
    private let reader: MetricReader
    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    private let clock: EmitterClock
    private let routes: [Route]
    private let courier: Courier
    private var backlog: Backlog
    private var encoder: RequestEncoder
    private var gzip: Gzip?
    private var schedule: Schedule
    private var collection: UInt64 = 0
    /// What the next difference begins from; nil where nothing is exported as a difference.
    private var lastEnqueued: MetricsCollection?
    private var flushes: [PendingFlush] = []

    /// A flush whose collection has not been delivered yet.
    private struct PendingFlush {
        let request: ExportMailbox.Request
        let lostBefore: Int
        /// Number of its collection; nil while there is no room in the queue for it.
        var collection: UInt64?
    }

    init(_ context: ExportThread.Context, _ routes: [Route]) {
        configuration = context.configuration
        reader = context.reader
        mailbox = context.mailbox
        relay = context.relay
        clock = configuration.clock
        self.routes = routes
        var random = configuration.random
        let phase = configuration.startPhase ?? Double.random(in: 0...1, using: &random)
        schedule = Schedule(
            interval: configuration.exportInterval, from: clock.now(), phase: phase)
        courier = Courier(
            configuration, routes: routes, using: random,
            report: { [relay] in relay.report($0) })
        backlog = Backlog(context, courier)
        encoder = RequestEncoder(configuration.wireForm, limits: configuration.batchLimits)
        gzip = configuration.compression == .gzip ? Gzip() : nil
    }

    /// Works until a shutdown is asked for, or the emitter is gone. True if everything recorded
    /// was collected.
    func run() -> Bool {
        backlog.maintain()
        while true {
            let requests = mailbox.take()
            if requests.isAbandoned { return false }
            if !requests.shutdowns.isEmpty {
                shutDown(requests.flushes)
                return true
            }
            step(requests.flushes)
        }
    }

    /// One collection, one transfer or one wait.
    private func step(_ requested: [ExportMailbox.Request]) {
        let hasRoomAgain = !backlog.isFull && flushes.contains { $0.collection == nil }
        let isDue = schedule.isDue(at: clock.now()) || hasRoomAgain
        if isDue || !requested.isEmpty {
            if isDue { backlog.beginInterval() }
            collect(for: requested)
            backlog.maintain()
        }
        backlog.maintainIfNeeded()
        backlog.spillIfNeeded()
        // Somebody waits, and for a limited time.
        if !flushes.isEmpty { courier.refillSearch() }
        let now = clock.now()
        if backlog.readyAt(isHurried: !flushes.isEmpty) <= now, courier.retryAt <= now {
            backlog.sendNext()
        } else if requested.isEmpty, !isDue {
            routes.first?.transport.wait(until: nextEvent())
        }
        answerFlushes()
    }

    private func nextEvent() -> MonotonicTime {
        var next = min(schedule.next, backlog.nextSpill, backlog.maintainAt)
        let ready = backlog.readyAt(isHurried: !flushes.isEmpty)
        next = min(next, max(ready, courier.retryAt))
        for flush in flushes { next = min(next, flush.request.deadline) }
        return next
    }

    // MARK: Collecting

    /// Collects, and lets everything wait for delivery. A request also means not to wait any
    /// longer.
    private func collect(for requested: [ExportMailbox.Request], isLast: Bool = false) {
        let lostBefore = backlog.totals.lostValues
        for request in requested {
            flushes.append(PendingFlush(request: request, lostBefore: lostBefore))
        }
        if !requested.isEmpty { courier.hurry() }
        let read = readInstruments(isLast: isLast)
        if configuration.keepsLastCollection { mailbox.publish(read.snapshot) }
        // No newer point has the value of a difference: instead of giving one up, the next one
        // reaches back further.
        let isCumulative = configuration.temporality == .cumulative
        guard isCumulative || isLast || !backlog.isFull else { return }
        collection += 1
        enqueue(
            read.delta(since: lastEnqueued, preference: configuration.temporality),
            givingUpOld: isCumulative)
        lastEnqueued = isCumulative ? nil : read
        for index in flushes.indices where flushes[index].collection == nil {
            flushes[index].collection = collection
        }
    }

    /// - Parameter isLast: whether callbacks have to leave time for the transfers.
    private func readInstruments(isLast: Bool) -> MetricsCollection {
        backlog.observe(courier.routeInUse?.transport.certificates ?? CertificateFacts())
        let begin = clock.now()
        let read = reader.collection(
            waitingForCallbacks: isLast ? (backlog.transferCutoff() - begin) / 2 : nil)
        backlog.collected(in: clock.now() - begin)
        return read
    }

    /// Encodes a snapshot into batches that wait.
    private func enqueue(_ snapshot: MetricsSnapshot, givingUpOld: Bool) {
        backlog.begin(recording: snapshot.pointCount)
        var limits = configuration.batchLimits
        limits.bytes = min(limits.bytes, courier.learnedByteLimit ?? .max)
        let compresses = courier.wantsGzip
        let time = clock.wall()
        encoder.encode(
            snapshot, limits: limits, oversized: { backlog.omit($1, of: $0) }
        ) { bytes, points in
            let compressed = compresses ? gzip?.compress(bytes) : nil
            let superseded = backlog.add(
                Batch(
                    collection: collection, points: points,
                    body: compressed ?? backlog.body(copying: bytes),
                    isCompressed: compressed != nil, form: configuration.wireForm,
                    collectedAt: time),
                givingUpOld: givingUpOld)
            if let superseded { moveFlushes(of: superseded) }
        }
        backlog.publish()
    }

    /// Flushes whose collection was given up wait for the one that has its values.
    private func moveFlushes(of superseded: ClosedRange<UInt64>) {
        for index in flushes.indices
        where flushes[index].collection.map(superseded.contains) ?? false {
            flushes[index].collection = collection
        }
    }

    // MARK: Answers

    /// Answers the flushes of which nothing waits any more, and those whose time is up.
    private func answerFlushes() {
        guard !flushes.isEmpty else { return }
        settleDiagnostics()
        let now = clock.now()
        let waiting = backlog.oldestCollection ?? .max
        let totals = backlog.totals
        flushes.removeAll { flush in
            let isDone = flush.collection.map { waiting > $0 } ?? false
            guard isDone || now >= flush.request.deadline else { return false }
            flush.request.waiter.resume(
                DeliveryReport(
                    isComplete: isDone && totals.lostValues == flush.lostBefore, totals: totals))
            return true
        }
    }

    /// Collects a last time and delivers until all is done or time is up; the rest goes to disk if
    /// there is a spool, and is declared lost otherwise.
    private func shutDown(_ requested: [ExportMailbox.Request]) {
        // Safe before callbacks and transfers take their time; a slow disk takes its share only.
        let now = clock.now()
        backlog.spillAll(until: now + (backlog.transferCutoff() - now) / 4)
        collect(for: requested, isLast: true)
        courier.hurry(isLast: true)
        let end = backlog.transferCutoff
        while !backlog.isEmpty, clock.now() < end() {
            // Time bounds it.
            courier.refillSearch()
            let ready = max(courier.retryAt, backlog.readyAt(isHurried: true))
            if clock.now() >= ready {
                backlog.sendNext()
            } else {
                routes.first?.transport.wait(until: min(ready, end()))
            }
            answerFlushes()
        }
        let isDelivered = backlog.isEmpty
        backlog.spillAll()
        backlog.close()
        settleDiagnostics()
        for flush in flushes {
            let isDone = isDelivered && backlog.totals.lostValues == flush.lostBefore
            flush.request.waiter.resume(
                DeliveryReport(isComplete: isDone, totals: backlog.totals))
        }
    }

    /// Whoever reads an answer shall find what was told before it.
    private func settleDiagnostics() {
        let limit = clock.now() + Self.diagnosticsPatience
        relay.settle(until: min(limit, mailbox.cutoff()))
    }
}
