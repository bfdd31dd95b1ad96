internal import Instruments

/// What waits, and the books: every change of the outbox changes the totals with it.
///
/// Used by the emitter's thread alone.
struct Backlog {
    /// Time until a disk that refused a batch is tried again.
    private static let diskPause = Duration.seconds(5)
    /// Time between two portions of the disk's housekeeping.
    private static let maintenancePause = Duration.milliseconds(10)

    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    private let clock: EmitterClock
    private let courier: Courier
    /// Until when a transfer may go on.
    let transferCutoff: TransferCutoff
    private let spool: Spool?
    private var outbox: Outbox
    private var pace = ReplayPace()
    private var pool = BodyPool()
    private var omissions = OmissionReport()
    private var selfMetrics: SelfMetrics?
    private var disk = DiskReport()
    /// When the disk's housekeeping has to go on.
    private(set) var maintainAt = MonotonicTime.distantFuture
    /// When the disk may be read again, and written again: a full one can be drained.
    private var readAt = MonotonicTime(nanoseconds: .min)
    private var storeAt = MonotonicTime(nanoseconds: .min)
    /// Data points of the batch in hand that are decided already.
    private var decided = 0
    /// When the first attempt for the batch in hand began.
    private var begun: MonotonicTime?
    /// What the first of its data points that were lost ended with.
    private var errorType: String?
    private var bytesOfCollection = 0

    private(set) var totals = DeliveryTotals()

    init(_ context: ExportThread.Context, _ courier: Courier) {
        self.courier = courier
        mailbox = context.mailbox
        relay = context.relay
        clock = context.configuration.clock
        selfMetrics = context.selfMetrics
        spool = context.configuration.spool.map { options in
            var random = context.configuration.random
            return Spool(
                options, clock: context.configuration.clock,
                incarnation: RandomUUID.make(using: &random))
        }
        outbox = Outbox(byteLimit: context.configuration.queueByteLimit, spool: spool)
        transferCutoff = TransferCutoff(mailbox, clock, hasSpool: spool != nil)
    }

    /// Whether nothing of this process waits.
    var isEmpty: Bool { outbox.isEmpty }

    var isFull: Bool { outbox.isFull }

    var oldestCollection: UInt64? { outbox.oldestCollection }

    // MARK: Coming in

    /// A collection begins to be handed over.
    mutating func begin(recording points: Int) {
        totals.recorded += points
        bytesOfCollection = 0
    }

    /// A body with these bytes, in memory of one that was delivered if there is any.
    mutating func body(copying bytes: UnsafeRawBufferPointer) -> [UInt8] {
        pool.body(copying: bytes)
    }

    /// Data points that are too large for any request.
    mutating func omit(_ points: Int, of metric: String) {
        totals.lose(points, .tooLarge)
        omissions.omitted(points, of: metric, at: clock.now()).map(relay.report)
    }

    /// The collections that were superseded to make room, if any were.
    mutating func add(_ batch: Batch, givingUpOld: Bool) -> ClosedRange<UInt64>? {
        bytesOfCollection += batch.body.count
        // What was decided of a batch in parts must not be counted again as superseded.
        let superseded = outbox.add(batch, givingUpOld: givingUpOld, isHandKept: decided > 0)
        totals.lose(superseded.points, .superseded)
        if superseded.points > 0, outbox.inHand == nil { forgetHand() }
        return superseded.collections
    }

    /// Attempts for the batch in hand are over: it is finished or given up.
    private mutating func forgetHand() {
        courier.forgetBatch()
        decided = 0
        begun = nil
        errorType = nil
    }

    /// A new interval begins. A search for refused metrics that has not ended in the last one has
    /// to.
    mutating func beginInterval() {
        guard let held = outbox.inHand else { return }
        let progress = courier.giveUpSearch()
        guard progress != Courier.Progress() else { return }
        apply(progress, to: held, since: clock.now())
        settle(progress.losses)
    }

    /// The collection is handed over.
    mutating func publish() {
        pace.produced(bytesOfCollection, at: clock.now())
        settle()
    }

    // MARK: Going out

    /// When the next batch may be sent, as far as it is up to the backlog.
    ///
    /// - Parameter isHurried: whether somebody waits, so that the disk is drained as fast as it goes.
    func readyAt(isHurried: Bool) -> MonotonicTime {
        if outbox.isDrained { return .distantFuture }
        guard outbox.nextIsOnDisk else { return MonotonicTime(nanoseconds: .min) }
        return isHurried ? readAt : max(pace.next, readAt)
    }

    /// One request for the oldest batch.
    mutating func sendNext() {
        let held: Outbox.Held
        do throws(SpoolError) {
            let isInherited = outbox.inHand?.isInherited
            guard let next = try outbox.next(isHandKept: courier.hasBegun) else { return settle() }
            if next.isInherited != isInherited { begun = nil }
            held = next
        } catch {
            readAt = clock.now() + Self.diskPause
            return settle()
        }
        let start = clock.now()
        let account = Courier.Account(
            waitingPoints: outbox.points - decided, lostPoints: totals.lost)
        let progress = courier.attempt(held.batch, account) { [transferCutoff] in transferCutoff() }
        apply(progress, to: held, since: start)
        outbox.deliveries(areFailing: progress.hasFailed && courier.retryAt > clock.now())
        settle(progress.losses)
    }

    private mutating func apply(
        _ progress: Courier.Progress, to held: Outbox.Held, since start: MonotonicTime
    ) {
        let now = clock.now()
        begun = begun ?? start
        decided += progress.decided
        errorType = errorType ?? progress.losses.first?.errorType
        if progress.delivered > 0 { selfMetrics?.succeeded(at: now) }
        let isReplay = if case .onDisk = held { true } else { false }
        progress.count(in: &totals, isReplay: isReplay)
        if isReplay { pace.replayed(progress.acceptedBytes, at: now) }
        guard progress.isDone else { return }
        outbox.finish(held)
        pool.recycle(held.batch.body)
        selfMetrics?.operationEnded(
            after: now - (begun ?? start), status: progress.status, errorType: errorType)
        forgetHand()
    }

    // MARK: The disk

    /// Takes over what earlier processes left, and gives up what is too old or too much.
    mutating func maintain() {
        guard let spool else { return }
        let change = spool.maintain(until: mailbox.cutoff())
        maintainAt =
            change.isUnfinished ? clock.now() + Self.maintenancePause : .distantFuture
        take(change)
        settle()
    }

    /// Goes on with what `maintain` left unfinished.
    mutating func maintainIfNeeded() {
        if maintainAt <= clock.now() || spool?.isSurveyDue == true { maintain() }
    }

    private mutating func take(_ change: SpoolChange) {
        change.count(in: &totals)
        if let reason = change.givenUpCurrent, outbox.handWasGivenUp() {
            // What was decided of it is not lost.
            totals.giveBack(decided, reason)
            forgetHand()
        }
        disk.changed(change, at: clock.now(), waitingPoints: outbox.points).forEach(relay.report)
    }

    /// When batches may be moved to disk; later than ever if none have to be.
    var nextSpill: MonotonicTime { outbox.wantsSpill ? storeAt : .distantFuture }

    /// Moves to disk what belongs there.
    mutating func spillIfNeeded() {
        guard outbox.wantsSpill, storeAt <= clock.now() else { return }
        spill()
    }

    /// Moves everything to disk: the emitter ends.
    ///
    /// - Parameter limit: the longest that it may take, beside the emitter's end.
    mutating func spillAll(until limit: MonotonicTime = .distantFuture) {
        guard let spool else { return }
        spool.retryStoring()
        spill(until: limit)
    }

    /// Lets go of the disk, where what lies there is counted, and measures the end for later scrapes.
    mutating func close() {
        spool?.close()
        var end = totals
        end.endInMemory()
        // A caller whose deadline has passed may have ended the account before.
        selfMetrics?.record(mailbox.isClosed ? mailbox.totals : end)
    }

    private mutating func spill(until limit: MonotonicTime = .distantFuture) {
        let (mailbox, clock) = (mailbox, clock)
        let spill = outbox.spill {
            !mailbox.isClosed && clock.now() < min(limit, mailbox.cutoff())
        }
        totals.spooled += spill.points
        if spill.trouble != nil { storeAt = clock.now() + Self.diskPause }
        settle()
    }

    // MARK: The books

    /// Levels of which only the moment of a collection is known.
    func observe(_ certificates: CertificateFacts) {
        selfMetrics?.observe(certificates, now: Int64(clamping: clock.wall() / 1_000_000_000))
    }

    func collected(in duration: Duration) {
        selfMetrics?.collected(in: duration)
    }

    /// The totals follow the outbox.
    private mutating func settle(_ failures: [DeclaredLoss] = []) {
        if let spool { take(spool.takeChange()) }
        totals.pending = outbox.points - decided
        totals.pendingOnDisk = outbox.pointsOnDisk - (outbox.handIsOnDisk ? decided : 0)
        mailbox.publish(totals)
        selfMetrics?.record(totals, failures: failures)
    }
}
