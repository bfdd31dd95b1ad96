internal import Instruments
package import OTelEmitter

/// Sends what dead processes have left in a spool, oldest first, as an emitter would: with its
/// routes and its retries. What belongs to a living process is not touched, and nothing is given up
/// for its age or its size, nor for the status of an answer. At the first answer that is neither
/// success nor worth another attempt the replay stops, and everything stays where it lies: the
/// operator who asked for it can mend what the answer is about.
///
/// Blocks the calling thread.
package struct SpoolReplay {
    package struct Outcome: Sendable, Equatable {
        /// In data points that were adopted; those that are pending lie in the spool as before.
        package var totals = DeliveryTotals()
        /// Files that are damaged, or not this build's.
        package var skippedFiles = 0
        /// Data points in files whose marks this build does not know; they lie there as before.
        package var foreignPoints = 0
        /// Why the disk or libcurl can't be used; nil if they can.
        package var trouble: String?
        /// At which answer it stopped, and for which batch, for people; nil if at none.
        package var refusal: String?
        /// Whether nothing is left that this process may send.
        package var isDone = false
    }

    /// Time between two calls of the report.
    package static let reportInterval = Duration.seconds(1)
    /// Longest wait for a disk that makes trouble.
    private static let troublePause = Duration.milliseconds(200)

    private let configuration: EmitterConfiguration
    private let clock: EmitterClock
    private let spool: Spool
    private let patience: Duration
    private var outcome = Outcome()
    /// The batch of which an attempt has left something: parts, or who refused it.
    private var held: SpooledBatch?
    /// Whether a directory was adopted since the survey before the last one ended.
    private var hasAdopted = false
    /// Data points of the batch in hand that are decided already.
    private var decided = 0
    private var lastDecision: MonotonicTime
    private var lastReport: MonotonicTime

    /// - Parameters:
    ///   - adoptsUnlocked: whether directories on file systems without locks are those of dead
    ///     processes.
    ///   - patience: how long it goes on without a data point being delivered or refused.
    package init(
        _ configuration: EmitterConfiguration, directory: String, adoptsUnlocked: Bool,
        patience: Duration
    ) {
        self.configuration = configuration
        self.patience = patience
        clock = configuration.clock
        var options = SpoolOptions(directory: directory)
        options.byteLimit = .max
        options.ageLimit = .milliseconds(SpoolOptions.longestAge)
        var random = configuration.random
        spool = Spool(
            options, clock: clock, incarnation: RandomUUID.make(using: &random),
            adoptsUnlocked: adoptsUnlocked)
        lastDecision = clock.now()
        lastReport = clock.now()
    }

    /// Sends until nothing is left, or nothing moves any more.
    ///
    /// - Parameter report: told the totals so far, about once in a second.
    package mutating func run(report: (DeliveryTotals) -> Void) -> Outcome {
        if let problem = CurlGlobal.problem {
            outcome.trouble = problem
            return outcome
        }
        guard let wakeup = TransportWakeup(),
            let routes = ExportThread.routes(
                configuration, wakeup, proxies: ProxySettings.environment()),
            let first = routes.first
        else {
            outcome.trouble = "libcurl has no memory or descriptors left"
            return outcome
        }
        let courier = Courier(
            configuration, routes: routes, using: configuration.random, keepsRefused: true,
            report: configuration.diagnosticHandler)
        while outcome.refusal == nil, !maintain(), clock.now() < end {
            let pause = step(courier)
            if clock.now() - lastReport >= Self.reportInterval {
                lastReport = clock.now()
                report(outcome.totals)
            }
            if let pause {
                first.transport.wait(until: min(pause, end, lastReport + Self.reportInterval))
            }
        }
        // What it holds would keep its directory locked.
        held = nil
        spool.close()
        return outcome
    }

    private var end: MonotonicTime { lastDecision + patience }

    /// Adopts what is there to adopt. True if nothing is left.
    private mutating func maintain() -> Bool {
        let change = spool.maintain(until: end)
        take(change)
        guard !change.isUnfinished, spool.pending.batches == 0, outcome.trouble == nil else {
            return false
        }
        if hasAdopted {
            // There may be more directories than are adopted at once.
            hasAdopted = false
            spool.nextSurvey = MonotonicTime(nanoseconds: .min)
            return false
        }
        outcome.isDone = true
        return true
    }

    /// One request. How long there is nothing to do then; nil: at once.
    private mutating func step(_ courier: Courier) -> MonotonicTime? {
        let now = clock.now()
        guard spool.pending.batches > 0 else {
            return outcome.trouble == nil ? nil : now + Self.troublePause
        }
        guard courier.retryAt <= now else { return courier.retryAt }
        do throws(SpoolError) {
            guard let spooled = try courier.hasBegun ? held : spool.next() else { return nil }
            held = spooled
            let account = Courier.Account(
                waitingPoints: outcome.totals.pending, lostPoints: outcome.totals.lost)
            let limit = end
            apply(courier.attempt(spooled.batch, account) { limit }, to: spooled)
        } catch {
            take(spool.takeChange())
            outcome.trouble = error.description
            return now + Self.troublePause
        }
        return nil
    }

    private mutating func apply(_ progress: Courier.Progress, to spooled: SpooledBatch) {
        progress.count(in: &outcome.totals, isReplay: true)
        decided += progress.decided
        if progress.decided > 0 { lastDecision = clock.now() }
        if let kept = progress.kept {
            let batch = spooled.directory.name + "/" + spooled.name.text
            outcome.refusal = "\(kept.endpoint) refuses the batch \(batch): \(kept.reason)"
        }
        if progress.isDone {
            spool.finish(spooled)
            held = nil
            decided = 0
            outcome.trouble = nil
        }
        take(spool.takeChange())
    }

    private mutating func take(_ change: SpoolChange) {
        if change.adoptedPoints > 0 { hasAdopted = true }
        change.count(in: &outcome.totals)
        outcome.skippedFiles += change.skippedFiles
        outcome.foreignPoints += change.foreignPoints
        if let trouble = change.trouble { outcome.trouble = trouble.description }
        if change.recovered != nil { outcome.trouble = nil }
        outcome.totals.pending = spool.pending.points - decided
        outcome.totals.pendingOnDisk = outcome.totals.pending
    }
}
