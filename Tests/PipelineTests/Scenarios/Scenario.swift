import Instruments
import OTelEmitter
import TestSupport
import Testing

/// A pipeline under a fault, whose clock is stepped, and what must hold whatever the fault is
/// (`Documentation/reliability.md`): the account, the collector's own count, deadlines, the budget
/// of lines, one connection, values that never fall.
struct Scenario {
    let pipeline: Pipeline
    let time: SteppedTime
    private let log: TimedLog
    private let collections: Monitor<Int>

    var collector: ScriptedCollector { pipeline.collector }
    var emitter: Emitter { pipeline.emitter }
    var told: Diagnostics { pipeline.told }

    /// A scenario whose emitter exports on request only, unless `configure` says otherwise.
    static func make(
        to collector: ScriptedCollector, time: SteppedTime = SteppedTime(),
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Scenario {
        let collections = Monitor(0)
        let log = TimedLog()
        let pipeline = try Pipeline.make(to: collector) {
            $0.clock = time.clock
            $0.metricProducers = [
                {
                    collections.withLock { $0 += 1 }
                    return []
                }
            ]
            let tell = $0.diagnosticHandler
            $0.diagnosticHandler = { diagnostic in
                log.add(diagnostic, at: time.passed)
                tell(diagnostic)
            }
            configure(&$0)
        }
        // Before its thread runs, time that passes is no time to it.
        _ = pipeline.emitter.flush(timeout: .zero)
        let hasBegun: Bool? = collections.wait(within: .seconds(20)) { $0 > 0 ? true : nil }
        #expect(hasBegun == true)
        return Scenario(pipeline: pipeline, time: time, log: log, collections: collections)
    }

    // MARK: What happens

    func count(series: Int = 1) { pipeline.count(series: series) }

    /// Time passes.
    func pass(_ duration: Duration) { time.pass(duration, for: emitter) }

    /// Collections so far.
    var collected: Int { collections.withLock { $0 } }

    /// Time passes in which a collection is due, and that has begun. False if it does not come.
    func passInterval(_ interval: Duration) -> Bool {
        let before = collected
        pass(interval)
        return collections.wait(within: .seconds(20)) { $0 > before ? true : nil } ?? false
    }

    /// Lets back-off pass, again and again, until `condition` holds. False if it never does.
    func passBackoff(until condition: () -> Bool) -> Bool {
        for _ in 0..<100 {
            if eventually(within: .milliseconds(250), condition) { return true }
            pass(.seconds(31))
        }
        return false
    }

    /// The same until nothing waits any more.
    func passBackoffUntilDelivered() -> Bool {
        passBackoff { emitter.totals.pending == 0 && emitter.totals.recorded > 0 }
    }

    /// A flush that keeps its deadline.
    @discardableResult
    func flush(
        within limit: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation
    ) -> DeliveryReport {
        keepingDeadline(limit, sourceLocation) { emitter.flush(timeout: limit) }
    }

    /// A shutdown that keeps its deadline.
    @discardableResult
    func shutdown(
        within limit: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation
    ) -> DeliveryReport {
        keepingDeadline(limit, sourceLocation) { emitter.shutdown(timeout: limit) }
    }

    private func keepingDeadline(
        _ limit: Duration, _ sourceLocation: SourceLocation, _ call: () -> DeliveryReport
    ) -> DeliveryReport {
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let report = call()
        let elapsed = ContinuousClock.now - start
        #expect(elapsed < limit + tolerance.limit, sourceLocation: sourceLocation)
        #expect(report.totals.isBalanced, sourceLocation: sourceLocation)
        return report
    }

    // MARK: What must hold

    /// The kinds of all lines so far. Lines are told by a thread of their own, so the last one may
    /// come a little after what it is about.
    func expectTold(_ kinds: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        _ = eventually { told.kinds == kinds }
        #expect(told.kinds == kinds, "\(told.all)", sourceLocation: sourceLocation)
    }

    /// - Parameters:
    ///   - recorded: nil: whatever the schedule brought.
    ///   - rejectedWithin: data points that the collector refused within requests that it accepted.
    ///   - others: further collectors that the emitter may have sent to.
    ///   - mayRepeat: whether a collector may have accepted what it could not say so of, so that it was
    ///     sent again.
    func expectHolds(
        recorded: Int? = nil, pending: Int = 0, lost: [LossReason: Int] = [:],
        rejectedWithin: Int = 0, others: [ScriptedCollector] = [], mayRepeat: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let totals = emitter.totals
        let points = try ([collector] + others).flatMap { try $0.acceptedPoints() }
        // A step of time may cut off a request that the collector has just accepted.
        let hasRepeated = mayRepeat || time.passed > .zero
        let counted = hasRepeated ? Set(points).count : points.count
        let account: Comment = "\(totals), \(counted) counted, \(totals.lostByReason)"
        #expect(totals.isBalanced, account, sourceLocation: sourceLocation)
        if let recorded {
            #expect(totals.recorded == recorded, account, sourceLocation: sourceLocation)
        }
        #expect(
            totals.delivered == counted - rejectedWithin, account, sourceLocation: sourceLocation)
        #expect(totals.pending == pending, account, sourceLocation: sourceLocation)
        #expect(totals.lostByReason == lost, account, sourceLocation: sourceLocation)
        #expect(
            log.busiestHour <= TimedLog.budget, "\(told.all)", sourceLocation: sourceLocation)
        #expect(points.firstFall == nil, "a sum that falls", sourceLocation: sourceLocation)
        #expect(
            eventually(within: .seconds(10)) { collector.openConnections <= 1 }, "connections",
            sourceLocation: sourceLocation)
    }
}

extension [OTLPPoint] {
    /// The first point of a cumulative sum that is less than one before it with the same start; nil
    /// if there is none. In the order of arrival.
    var firstFall: OTLPPoint? {
        var latest: [OTLPPoint: Int] = [:]
        for point in self where point.metric.contains("temporality 2 monotonic") {
            guard let value = Int(point.value.dropFirst("int ".count)) else { continue }
            var series = point
            (series.time, series.value, series.exemplars) = (0, "", "")
            if value < latest[series] ?? .min { return point }
            latest[series] = value
        }
        return nil
    }
}
