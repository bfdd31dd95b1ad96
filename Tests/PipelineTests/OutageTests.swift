import OTelEmitter
import TestSupport
import Testing

/// No collector at the other end.
@Suite struct OutageTests {
    @Test func refusedConnectionIsToldOnceAndReportedTruly() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector)
        for _ in 0..<5 {
            pipeline.count(series: 2)
            let report = pipeline.emitter.flush(timeout: .milliseconds(30))
            #expect(!report.isComplete)
            #expect(report.totals.delivered == 0)
            #expect(report.totals.isBalanced)
        }
        try pipeline.expectAccount(recorded: 10, pending: 10)
        let last = pipeline.emitter.shutdown(timeout: .milliseconds(50))
        #expect(!last.isComplete)
        #expect(last.totals.lostByReason == [.shutdown: 12])
        #expect(pipeline.told.kinds == ["failing"])
        #expect(pipeline.told.text(containing: "127.0.0.1:\(collector.port)") != nil)
        try pipeline.expectAccount(recorded: 12, lost: [.shutdown: 12])
    }

    @Test func collectorThatComesLaterGetsEverythingInOrder() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector)
        for _ in 0..<4 {
            pipeline.count()
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
        }
        try pipeline.expectAccount(recorded: 4, pending: 4)
        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(try pipeline.acceptedValues() == [1, 2, 3, 4, 4].map { ["int \($0)"] })
        #expect(pipeline.told.kinds == ["failing", "recovered"])
        try pipeline.expectAccount(recorded: 5)
    }

    @Test func exportsComeBackByThemselves() throws {
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try Pipeline.make(to: collector) {
            $0.exportInterval = .milliseconds(10)
        }
        pipeline.count()
        #expect(pipeline.told.text(containing: "can't be delivered") != nil)
        try collector.startListening()
        _ = try #require(collector.requests(atLeast: 1))
        #expect(pipeline.emitter.shutdown().isComplete)
        try pipeline.expectAccount(recorded: collector.requests.count)
    }

    @Test func nameThatDoesNotResolveIsAnOutage() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) {
            $0.endpoint = Endpoint(exactly: "http://collector.invalid:4318/v1/metrics") ?? .standard
        }
        pipeline.count()
        let tolerance = Tolerance()
        let elapsed = ContinuousClock().measure {
            #expect(!pipeline.emitter.shutdown(timeout: .milliseconds(300)).isComplete)
        }
        #expect(elapsed < .milliseconds(300) + tolerance.limit)
        try pipeline.expectAccount(recorded: 1, lost: [.shutdown: 1])
    }
}
