internal import Instruments

/// Drives the export side: collects on schedule or on request, encodes, queues, sends.
///
/// Used by the emitter's thread alone. It waits in one place only, libcurl's poll, which requests
/// wake; every wait and every transfer ends at a deadline.
final class ExportWorker {
    /// How long an answer waits for a slow diagnostic handler.
    private static let diagnosticsPatience = Duration.milliseconds(20)

    private let configuration: EmitterConfiguration
    private let reader: MetricReader
    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    private var transport: HTTPTransport
    private var encoder: OTLPEncoder
    private var gzip: Gzip?
    private var pool = BodyPool()
    private var queue: BatchQueue
    private var schedule: Schedule
    private var backoff = Backoff()
    private var random = SystemRandomNumberGenerator()
    private var retryAt = MonotonicTime(nanoseconds: .min)
    private var outage = OutageReport()
    private var refusals = RefusalReport()
    private var totals = DeliveryTotals()
    private var collection: UInt64 = 0
    /// What the next difference begins from; nil where nothing is exported as a difference.
    private var lastEnqueued: MetricsSnapshot?
    private var flushes: [PendingFlush] = []

    /// A flush whose collection has not been delivered yet.
    private struct PendingFlush {
        let request: ExportMailbox.Request
        let lostBefore: Int
        /// Number of its collection; nil while there is no room in the queue for it.
        var collection: UInt64?
    }

    init(
        _ configuration: EmitterConfiguration, _ reader: MetricReader, _ mailbox: ExportMailbox,
        _ relay: DiagnosticRelay, _ transport: consuming HTTPTransport
    ) {
        self.configuration = configuration
        self.reader = reader
        self.mailbox = mailbox
        self.relay = relay
        self.transport = transport
        encoder = OTLPEncoder(limits: configuration.batchLimits)
        gzip = configuration.compression == .gzip ? Gzip() : nil
        queue = BatchQueue(byteLimit: configuration.queueByteLimit)
        schedule = Schedule(interval: configuration.exportInterval, from: .now())
    }

    /// Works until a shutdown is asked for, or the emitter is gone. True if everything recorded
    /// was collected.
    func run() -> Bool {
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
        let hasRoomAgain = !queue.isFull && flushes.contains { $0.collection == nil }
        let isDue = schedule.isDue(at: .now()) || hasRoomAgain
        if isDue || !requested.isEmpty {
            collect(for: requested)
        }
        if !queue.isEmpty, MonotonicTime.now() >= retryAt {
            sendFirst()
        } else if requested.isEmpty, !isDue {
            transport.wait(until: nextEvent())
        }
        answerFlushes()
    }

    private func nextEvent() -> MonotonicTime {
        var next = schedule.next
        if !queue.isEmpty { next = min(next, retryAt) }
        for flush in flushes { next = min(next, flush.request.deadline) }
        return next
    }

    /// Collects, and puts everything into the queue. A request also means not to wait any longer.
    private func collect(for requested: [ExportMailbox.Request], isLast: Bool = false) {
        let lostBefore = totals.lostValues
        let snapshot = reader.collect()
        if configuration.keepsLastCollection { mailbox.publish(snapshot) }
        for request in requested {
            flushes.append(PendingFlush(request: request, lostBefore: lostBefore))
            retryAt = MonotonicTime(nanoseconds: .min)
        }
        // No newer point has the value of a difference: instead of giving one up, the next one
        // reaches back further.
        let isCumulative = configuration.temporality == .cumulative
        guard isCumulative || isLast || !queue.isFull else { return }
        collection += 1
        enqueue(
            snapshot.delta(since: lastEnqueued, preference: configuration.temporality),
            givingUpOld: isCumulative)
        lastEnqueued = isCumulative ? nil : snapshot
        for index in flushes.indices where flushes[index].collection == nil {
            flushes[index].collection = collection
        }
    }

    /// Encodes a snapshot into batches that wait.
    private func enqueue(_ snapshot: MetricsSnapshot, givingUpOld: Bool) {
        totals.recorded += snapshot.pointCount
        encoder.encode(snapshot) { bytes, points in
            let compressed = gzip?.compress(bytes)
            let batch = Batch(
                collection: collection, points: points, body: compressed ?? pool.body(copying: bytes),
                isCompressed: compressed != nil)
            totals.lose(queue.enqueue(batch, givingUpOld: givingUpOld), .superseded)
        }
        // A flush whose collection was given up waits for the one that has its values.
        let oldest = queue.first?.collection ?? collection
        for index in flushes.indices where flushes[index].collection.map({ $0 < oldest }) ?? false {
            flushes[index].collection = collection
        }
        publish()
    }

    /// One attempt for the oldest batch.
    private func sendFirst() {
        guard let batch = queue.first else { return }
        let limit = MonotonicTime.now() + attemptTimeout
        let request = HTTPRequest(body: batch.body, isCompressed: batch.isCompressed)
        let verdict: Verdict
        do throws(TransportError) {
            verdict = .of(try transport.send(request) { min(limit, mailbox.cutoff()) })
        } catch {
            verdict = .of(error)
        }
        switch verdict {
        case .delivered: delivered(batch)
        case .retry(let reason): retryLater(reason)
        case .rejected(let reason): rejected(batch, reason)
        }
        publish()
    }

    private func delivered(_ batch: Batch) {
        queue.removeFirst()
        pool.recycle(batch.body)
        totals.delivered += batch.points
        backoff.reset()
        let told = outage.delivered(
            at: .now(), endpoint: endpointText, lostPoints: totals.lost)
        told.map(relay.report)
    }

    private func retryLater(_ reason: String) {
        let now = MonotonicTime.now()
        retryAt = now + backoff.next(using: &random)
        let told = outage.attemptFailed(
            at: now, endpoint: endpointText, reason: reason, waitingPoints: queue.points,
            lostPoints: totals.lost)
        told.map(relay.report)
    }

    private func rejected(_ batch: Batch, _ reason: String) {
        queue.removeFirst()
        totals.lose(batch.points, .rejected)
        refusals.refused(
            at: .now(), endpoint: endpointText, reason: reason, points: batch.points
        ).map(relay.report)
    }

    /// Answers the flushes of which nothing waits any more, and those whose time is up.
    private func answerFlushes() {
        guard !flushes.isEmpty else { return }
        settleDiagnostics()
        let now = MonotonicTime.now()
        let waiting = queue.first?.collection ?? .max
        flushes.removeAll { flush in
            let isDone = flush.collection.map { waiting > $0 } ?? false
            guard isDone || now >= flush.request.deadline else { return false }
            flush.request.waiter.resume(
                DeliveryReport(
                    isComplete: isDone && totals.lostValues == flush.lostBefore, totals: totals))
            return true
        }
    }

    /// Collects a last time and delivers until all is done or time is up; the rest is declared lost.
    private func shutDown(_ requested: [ExportMailbox.Request]) {
        collect(for: requested, isLast: true)
        retryAt = MonotonicTime(nanoseconds: .min)
        while !queue.isEmpty, MonotonicTime.now() < mailbox.cutoff() {
            if MonotonicTime.now() >= retryAt {
                sendFirst()
            } else {
                transport.wait(until: min(retryAt, mailbox.cutoff()))
            }
            answerFlushes()
        }
        settleDiagnostics()
        for flush in flushes {
            let isDone = queue.isEmpty && totals.lostValues == flush.lostBefore
            flush.request.waiter.resume(DeliveryReport(isComplete: isDone, totals: totals))
        }
    }

    /// Whoever reads an answer shall find what was told before it.
    private func settleDiagnostics() {
        let limit = MonotonicTime.now() + Self.diagnosticsPatience
        relay.settle(until: min(limit, mailbox.cutoff()))
    }

    private var endpointText: String { configuration.endpoint.description }

    /// The stricter of the two limits; zero means none.
    private var attemptTimeout: Duration {
        let limits = [configuration.timeout, configuration.exportTimeout].filter { $0 > .zero }
        return limits.min() ?? .seconds(Int64(Int32.max))
    }

    private func publish() {
        totals.pending = queue.points
        mailbox.publish(totals)
    }
}
