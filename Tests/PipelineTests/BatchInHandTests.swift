import Instruments
import OTelEmitter
import TestSupport
import Testing

/// A batch of which a part is decided, while others come in: it stays the one that is sent, and
/// every data point is counted once.
@Suite struct BatchInHandTests {
    /// A collector that answers with some statuses, then with 503 until it is mended.
    private final class Broken: Sendable {
        private let rest: Monitor<[Int]>
        let collector: ScriptedCollector

        init(_ statuses: [Int]) throws {
            let rest = Monitor(statuses + [503])
            self.rest = rest
            collector = try ScriptedCollector(
                otherwise: .judging { _ in
                    HTTPAnswer(
                        rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 200 })
                })
        }

        /// The last one for good.
        func answer(_ statuses: [Int]) { rest.withLock { $0 = statuses } }

        func mend() { answer([200]) }
    }

    /// Ten points that went to disk after a 503, of which five are delivered after a 413.
    private func deliverHalfFromDisk(_ pipeline: Pipeline, _ time: SteppedTime) {
        pipeline.count(series: 10)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(eventually { pipeline.emitter.totals.spooled == 10 })
        for _ in 0..<50 where pipeline.emitter.totals.delivered < 5 {
            time.pass(.seconds(2), for: pipeline.emitter)
            _ = eventually(within: .milliseconds(100)) { pipeline.emitter.totals.delivered == 5 }
        }
        #expect(pipeline.emitter.totals.delivered == 5)
    }

    @Test func aNewerCollectionDoesNotTakeItsPlaceInMemory() throws {
        let broken = try Broken([413, 200])
        let pipeline = try Pipeline.make(to: broken.collector) { $0.queueByteLimit = 1 }
        pipeline.count(series: 10)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        _ = try #require(broken.collector.requests(atLeast: 3))
        #expect(eventually { pipeline.emitter.totals.delivered == 5 })
        pipeline.count(series: 4)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(eventually { pipeline.emitter.totals.recorded == 20 })
        broken.mend()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        // Both halves, and the newer values after them.
        #expect(
            try pipeline.acceptedValues().suffix(2)
                == [
                    Array(repeating: "int 1", count: 5),
                    Array(repeating: "int 2", count: 4) + Array(repeating: "int 1", count: 6),
                ])
        // The second flush's values were superseded by those of the third, the half was not.
        try pipeline.expectAccount(recorded: 30, lost: [.superseded: 10])
    }

    /// The flush of a collection that is superseded behind it waits for the newer values.
    @Test func aFlushIsNotCompleteBeforeNewerValuesThanItsOwnAre() throws {
        let broken = try Broken([413, 200])
        let pipeline = try Pipeline.make(to: broken.collector) { $0.queueByteLimit = 1 }
        let emitter = pipeline.emitter
        pipeline.count(series: 10)
        #expect(!emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(eventually { emitter.totals.delivered == 5 })
        pipeline.count(series: 4)
        let flush = Background { emitter.flush(timeout: .seconds(20)) }
        #expect(eventually { emitter.totals.recorded == 20 })
        #expect(!emitter.flush(timeout: .milliseconds(100)).isComplete)
        #expect(eventually { emitter.totals.lostByReason == [.superseded: 10] })
        // The rest of the first is taken, what follows is not.
        broken.answer([200, 503])
        #expect(eventually { emitter.totals.delivered == 10 })
        #expect(flush.value(within: .zero) == nil)
        broken.mend()
        let report = try #require(flush.value())
        #expect(report.isComplete && report.totals.delivered == 20, "\(report.totals)")
        try pipeline.expectAccount(recorded: 30, lost: [.superseded: 10])
    }

    @Test func ofOneThatIsNotBegunTheNewerCollectionDoes() throws {
        let broken = try Broken([])
        let pipeline = try Pipeline.make(to: broken.collector) { $0.queueByteLimit = 1 }
        pipeline.count(series: 10)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        _ = try #require(broken.collector.requests(atLeast: 1))
        #expect(eventually { pipeline.emitter.totals.pending == 10 })
        broken.mend()
        pipeline.count(series: 10)
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(try pipeline.acceptedValues().last == Array(repeating: "int 2", count: 10))
        #expect(pipeline.emitter.totals.recorded == 20 && pipeline.emitter.totals.isBalanced)
    }

    /// An earlier process's batch goes out in parts, slowly, and something is recorded meanwhile.
    @Test func anInheritedOneIsFinishedBeforeLiveData() throws {
        let folder = try TemporaryFolder()
        let down = try ScriptedCollector(isListening: false)
        let first = try Pipeline.make(to: down) {
            $0.spool = SpoolOptions(directory: folder.file("spool"))
            $0.cardinalityLimit = 5000
        }
        first.count(series: 3000)
        #expect(first.emitter.shutdown(timeout: .seconds(1)).totals.pendingOnDisk == 3000)
        let collector = try ScriptedCollector(
            otherwise: .judging { HTTPAnswer($0.body.count > 200_000 ? 413 : 200) })
        let second = try Pipeline.make(to: collector) {
            $0.spool = SpoolOptions(directory: folder.file("spool"))
        }
        _ = try #require(collector.requests(atLeast: 1))
        second.emitter.meter("live").counter("live").add(7)
        #expect(second.emitter.flush(timeout: .seconds(20)).isComplete)
        let points = try collector.acceptedPoints()
        #expect(points.count { $0.metric.contains("live") } == 1)
        let last = second.emitter.shutdown(timeout: .seconds(20))
        #expect(last.isComplete && last.totals.replayed == 3000)
        #expect(last.totals.recorded == 3002 && last.totals.isBalanced)
        #expect(try collector.acceptedPoints().count == last.totals.delivered)
    }

    /// What is too old is given up, but not what of it was delivered.
    @Test func onlyTheRestOfOneThatExpiresIsLost() throws {
        let folder = try TemporaryFolder()
        let broken = try Broken([503, 413, 200])
        let time = SteppedTime()
        let pipeline = try Pipeline.make(to: broken.collector) {
            $0.clock = time.clock
            $0.spool = SpoolOptions(directory: folder.file("spool"))
            $0.spool?.ageLimit = .seconds(600)
        }
        deliverHalfFromDisk(pipeline, time)
        time.pass(.seconds(700), for: pipeline.emitter)
        #expect(eventually { pipeline.emitter.totals.pending == 0 })
        broken.mend()
        pipeline.count(series: 10)
        _ = pipeline.emitter.flush(timeout: .seconds(20))
        #expect(try pipeline.acceptedValues().last == Array(repeating: "int 2", count: 10))
        try pipeline.expectAccount(recorded: 20, lost: [.expired: 5])
    }

    /// What is left of one on disk outlives the process; what the disk does not take is lost.
    @Test func ofOneOnDiskTheRestIsPendingAtTheEnd() throws {
        let folder = try TemporaryFolder()
        let broken = try Broken([503, 413, 200])
        let time = SteppedTime()
        let pipeline = try Pipeline.make(to: broken.collector) {
            $0.clock = time.clock
            $0.spool = SpoolOptions(directory: folder.file("spool"))
            $0.spool?.byteLimit = 3000
        }
        deliverHalfFromDisk(pipeline, time)
        pipeline.count(series: 500)
        let totals = pipeline.emitter.shutdown(timeout: .seconds(1)).totals
        #expect(totals.recorded == 510 && totals.delivered == 5, "\(totals)")
        #expect(totals.pendingOnDisk == 5 && totals.pending == 5, "\(totals)")
        #expect(totals.lostByReason == [.shutdown: 500])
    }

    /// A shutdown that comes while a mute collector has the request leaves time for the disk.
    @Test func aTransferThatHangsLeavesTimeForTheDisk() throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector(otherwise: .mute)
        let pipeline = try Pipeline.make(to: collector) {
            $0.spool = SpoolOptions(directory: folder.file("spool"))
        }
        pipeline.count(series: 5)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        _ = try #require(collector.requests(atLeast: 1))
        pipeline.count(series: 5)
        let totals = pipeline.emitter.shutdown(timeout: .seconds(2)).totals
        #expect(totals.isBalanced && totals.recorded == 10)
        #expect(totals.lost == 0 && totals.pendingOnDisk == 10, "\(totals.lostByReason)")
    }
}
