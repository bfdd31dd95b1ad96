import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What a collector may answer, or do in place of an answer (scenarios H). What is slow:
/// `AnswerScenarioTests+Slow.swift`; what its text says: `AnswerScenarioTests+Text.swift`.
@Suite struct AnswerScenarioTests {
    // MARK: H3, H4: throttling and storms

    /// A demand of a server that asks to be left alone.
    struct Demand: Sendable, CustomStringConvertible {
        let header: String?
        /// What has to be waited for besides our own back-off.
        let seconds: Int

        var description: String { "\(header ?? "absent"): \(seconds) s" }

        static let all = [
            Demand(header: "5", seconds: 5),
            Demand(header: "Tue, 24 Nov 2026 18:00:05 GMT", seconds: 5),
            Demand(header: "Tue, 24 Nov 2026 17:59:00 GMT", seconds: 0),
            Demand(header: "-1", seconds: 0),
            Demand(header: "soon", seconds: 0),
            Demand(header: "999999999", seconds: 300),
            Demand(header: nil, seconds: 0),
        ]
    }

    @Test(arguments: Demand.all)
    func h3_retryAfterInAllForms(demand: Demand) throws {
        var headers = [("Date", "Tue, 24 Nov 2026 18:00:00 GMT")]
        if let header = demand.header { headers.append(("Retry-After", header)) }
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(HTTPAnswer(429, headers: headers)), .readRequest,
                .answer(HTTPAnswer(200)), loopingFrom: 2))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 2)
        #expect(!scenario.flush(within: demand.seconds == 0 ? .zero : .milliseconds(20)).isComplete)
        _ = try #require(scenario.told.text(containing: "429"))
        var collections = 1
        if demand.seconds > 0 {
            scenario.pass(.seconds(demand.seconds) / 2)
            // Even who waits has to wait: the flush interrupts our own back-off alone.
            #expect(!scenario.flush(within: .milliseconds(20)).isComplete)
            #expect(collector.requests.count == 1)
            collections += 1
        }
        // The longest back-off after one failure is a second.
        scenario.pass(.seconds(demand.seconds) / 2 + .seconds(1))
        _ = try #require(collector.requests(atLeast: 1 + collections))
        #expect(scenario.flush().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds(recorded: 2 * (collections + 1))
    }

    @Test func h4_aStormOf503IsLeftAloneAndRecoveredFrom() throws {
        let isUp = Monitor(false)
        let collector = try ScriptedCollector(
            otherwise: .judging { _ in
                HTTPAnswer(isUp.withLock { $0 } ? 200 : 503)
            })
        let interval = Duration.seconds(10)
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = interval }
        scenario.count(series: 2)
        for _ in 0..<180 { #expect(scenario.passInterval(interval)) }
        let attempts = collector.requests.count
        // Half an hour of waits between 3 and 30 seconds.
        #expect((30...600).contains(attempts), "\(attempts)")
        // After the second failure in a row no connection is used twice.
        #expect(collector.connections >= attempts - 2)
        isUp.withLock { $0 = true }
        #expect(scenario.passInterval(.seconds(40)))
        #expect(eventually { scenario.emitter.totals.pending == 0 })
        #expect(scenario.flush().isComplete)
        let kinds = scenario.told.kinds
        #expect(kinds.last == "recovered" && kinds.filter { $0 == "recovered" }.count == 1)
        #expect(kinds.count <= 6)
        #expect(scenario.shutdown().isComplete)
        try scenario.expectHolds()
    }

    // MARK: H5 to H7: refusals

    @Test(arguments: [
        (500, "500"), (501, "501"), (400, "no OTLP JSON"), (401, "token"), (403, "token"),
        (404, "/v1/metrics"), (405, "no OTLP receiver"), (415, "does not take JSON"),
    ])
    func h5_aRefusalIsFinalForItsPayloadAndToldOnce(status: Int, advice: String) throws {
        let collector = try ScriptedCollector(otherwise: .answering(status))
        let scenario = try Scenario.make(to: collector)
        for _ in 0..<10 {
            scenario.count(series: 3)
            #expect(!scenario.flush().isComplete)
            scenario.pass(.seconds(330))
        }
        // The next interval goes on, each payload is sent once.
        #expect(collector.requests.count == 10)
        #expect(Set(scenario.told.kinds) == ["rejected"])
        _ = try #require(scenario.told.text(containing: advice))
        try scenario.expectHolds(recorded: 30, lost: [.rejected: 30])
    }

    @Test func h6_tooLargeIsHalvedAndLearnedAndAGiantIsNamed() throws {
        let limit = 20_000
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                HTTPAnswer(request.body.count > limit ? 413 : 200)
            })
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 300)
        let giant = String(repeating: "x", count: 30_000)
        scenario.emitter.meter("z").counter("giant").add(1, ["text": .string(giant)])
        #expect(!scenario.flush().isComplete)
        let refused = collector.requests.filter { !$0.isAccepted }.count
        #expect(!scenario.flush().isComplete)
        // Of the second collection the giant alone is refused.
        #expect(collector.requests.filter { !$0.isAccepted }.count == refused + 1)
        _ = try #require(scenario.told.text(containing: "\"giant\""))
        scenario.expectTold(["rejected"])
        try scenario.expectHolds(recorded: 602, lost: [.tooLarge: 2])
    }

    /// What a status means, for all that somebody might expect to be retried.
    @Test(arguments: [
        (408, false), (425, false), (421, false), (507, false), (409, false), (423, false),
        (505, false), (511, false), (429, true), (502, true), (503, true), (504, true),
    ])
    func h7_theClassOfEachStatus(status: Int, isRetried: Bool) throws {
        let collector = try ScriptedCollector(.answering(status, 200))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 2)
        #expect(scenario.flush().isComplete == isRetried)
        #expect(collector.requests.map(\.answer) == (isRetried ? [status, 200] : [status]))
        try scenario.expectHolds(recorded: 2, lost: isRetried ? [:] : [.rejected: 2])
    }

    // MARK: H8, H9

    @Test(arguments: [301, 302, 307, 308], ["itself", "another path", "another host"])
    func h8_noRedirectIsFollowed(status: Int, target: String) throws {
        let elsewhere = try ScriptedCollector()
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                let host = "http://\(request.header("Host").first ?? "")"
                let location =
                    switch target {
                    case "itself": host + request.target
                    case "another path": host + "/otlp/v1/metrics"
                    default: elsewhere.endpoint
                    }
                return HTTPAnswer(status, headers: [("Location", location)])
            })
        let scenario = try Scenario.make(to: collector) {
            $0.headers = [HTTPHeader("authorization", "Bearer s3cr3t")].compactMap { $0 }
        }
        scenario.count()
        #expect(!scenario.flush().isComplete)
        #expect(collector.requests.count == 1)
        #expect(elsewhere.connections == 0)
        let text = try #require(scenario.told.text(containing: "set the endpoint to"))
        #expect(text.contains(target == "another host" ? elsewhere.endpoint : "127.0.0.1"))
        #expect(!text.contains("s3cr3t"))
        try scenario.expectHolds(recorded: 1, lost: [.rejected: 1])
    }

    @Test func h9_nothingWaitsForAContinuation() throws {
        let collector = try ScriptedCollector()
        let scenario = try Scenario.make(to: collector) { $0.batchLimits.bytes = 8 << 20 }
        let large = String(repeating: "x", count: 3 << 20)
        scenario.emitter.meter("m").counter("c").add(1, ["text": .string(large)])
        #expect(scenario.flush().isComplete)
        #expect(collector.requests.map { $0.header("Expect") } == [[]])
        #expect(scenario.told.all == [])
        try scenario.expectHolds(recorded: 1)
    }
}
