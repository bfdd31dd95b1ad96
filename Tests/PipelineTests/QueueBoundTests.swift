import OTelEmitter
import TestSupport
import Testing

/// A collector that stays away for longer than memory lasts.
@Suite struct QueueBoundTests {
    @Test func oldestCollectionsAreSupersededWhole() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) {
            // Two collections of ten series fit, in two batches each.
            $0.batchLimits.points = 5
            $0.queueByteLimit = 5000
        }
        for _ in 0..<6 {
            pipeline.count(series: 10)
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
            #expect(pipeline.emitter.totals.isBalanced)
        }
        let waiting = pipeline.emitter.totals.pending
        #expect([10, 20, 30].contains(waiting))
        try pipeline.expectAccount(
            recorded: 60, pending: waiting, lost: [.superseded: 60 - waiting])

        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        // What is left are the newest collections, whole and in order.
        let times = try collector.requests.map { try $0.points().map(\.time) }
        #expect(times.allSatisfy { $0.count == 5 && Set($0).count == 1 })
        let perCollection = Dictionary(grouping: times.flatMap { $0 }) { $0 }
        #expect(perCollection.values.allSatisfy { $0.count == 10 })
        #expect(times.flatMap { $0 } == times.flatMap { $0 }.sorted())
        #expect(try pipeline.acceptedValues().last == Array(repeating: "int 6", count: 5))
        let totals = pipeline.emitter.totals
        try pipeline.expectAccount(recorded: 70, lost: totals.lostByReason)
        #expect(Set(totals.lostByReason.keys) == [.superseded])
    }

    @Test func newestCollectionIsKeptHoweverLarge() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) { $0.queueByteLimit = 1 }
        for _ in 0..<3 {
            pipeline.count(series: 4)
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
        }
        try pipeline.expectAccount(recorded: 12, pending: 4, lost: [.superseded: 8])
        try collector.startListening()
        let last = pipeline.emitter.shutdown(timeout: .seconds(20))
        #expect(last.totals.delivered == 4)
        try pipeline.expectAccount(recorded: 16, lost: [.superseded: 12])
    }
}
