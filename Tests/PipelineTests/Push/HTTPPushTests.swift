import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Documents of which only the newest matters, on their way to a scripted server.
@Suite struct HTTPPushTests {
    private static let token = "s3cr3t-t0ken"

    /// A push, what it tells, and how often it says that a document was superseded.
    private struct Bench {
        let push: HTTPPush
        let told = Diagnostics()
        let superseded = Monitor(0)

        init(
            _ endpoint: String, time: SteppedTime = SteppedTime(), timeout: Duration = .seconds(10)
        ) throws {
            var options = HTTPPushOptions(endpoint: try #require(Endpoint(exactly: endpoint)))
            options.headers = [HTTPHeader("Authorization", "Bearer " + HTTPPushTests.token)]
                .compactMap { $0 }
            options.timeout = timeout
            options.clock = time.clock
            options.diagnosticHandler = { [told] in told.add($0) }
            options.supersededHandler = { [superseded] in superseded.withLock { $0 += 1 } }
            push = HTTPPush(options)
        }

        func offer(_ text: String) { push.offer(Array(text.utf8)) }

        /// All documents are accounted for, once the push has ended.
        func expectAccount(_ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
            // A push that was cut off ends a little after its caller.
            #expect(
                eventually { "\(push.totals)" == expected }, "\(push.totals)",
                sourceLocation: sourceLocation)
            let totals = push.totals
            #expect(
                totals.offered == totals.delivered + totals.superseded + totals.abandoned,
                sourceLocation: sourceLocation)
            #expect(
                superseded.withLock { $0 } == totals.superseded, sourceLocation: sourceLocation)
        }
    }

    private func bodies(_ server: ScriptedCollector) -> [String] {
        server.requests.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test func documentsArriveAsTheyAre() throws {
        let server = try ScriptedCollector()
        let bench = try Bench(server.endpoint)
        for number in 1...3 {
            bench.offer("{\"n\":\(number)}")
            _ = try #require(server.requests(atLeast: number))
        }
        #expect(bench.push.shutdown())
        #expect(bodies(server) == ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"])
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.header("Content-Type") == ["application/json"])
        #expect(request.header("Authorization") == ["Bearer " + Self.token])
        #expect(server.connections == 1)
        bench.expectAccount("offered=3 delivered=3 superseded=0 abandoned=0")
        bench.offer("late")
        #expect(bench.push.totals.offered == 3)
    }

    @Test func oneIsOnItsWayAndTheNewestWaits() throws {
        let gate = Latch()
        let server = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .wait(gate), .answer(HTTPAnswer(200)), .readRequest,
                .answer(HTTPAnswer(200)), loopingFrom: 3))
        let bench = try Bench(server.endpoint)
        bench.offer("1")
        _ = try #require(server.requests(atLeast: 1))
        for number in 2...9 { bench.offer("\(number)") }
        #expect(bench.push.totals.superseded == 7)
        gate.open()
        #expect(bench.push.shutdown())
        #expect(bodies(server) == ["1", "9"])
        bench.expectAccount("offered=9 delivered=2 superseded=7 abandoned=0")
    }

    /// What failed is tried again unless something newer is there.
    @Test func afterAFailureTheNewestIsTried() throws {
        let server = try ScriptedCollector(
            otherwise: .judging { HTTPAnswer($0.body == Array("2".utf8) ? 200 : 503) })
        let time = SteppedTime()
        let bench = try Bench(server.endpoint, time: time)
        bench.offer("1")
        _ = try #require(server.requests(atLeast: 1))
        #expect(bench.told.text(containing: "it answers 503") != nil)
        bench.offer("2")
        #expect(eventually { bench.push.totals.superseded == 1 })
        #expect(bench.push.shutdown(timeout: .seconds(20)))
        #expect(bodies(server).first == "1" && bodies(server).last == "2")
        bench.expectAccount("offered=2 delivered=1 superseded=1 abandoned=0")
    }

    @Test(arguments: [400, 401, 404, 413, 500])
    func whatIsRefusedWaitsForTheNext(status: Int) throws {
        let server = try ScriptedCollector(
            otherwise: .answering(
                HTTPAnswer(
                    status, headers: [("Content-Type", "text/plain")],
                    body: "no \(Self.token)\u{1B}[2J")))
        let bench = try Bench(server.endpoint)
        bench.offer("1")
        let text = try #require(bench.told.text(containing: "it answers \(status)"))
        #expect(!text.contains(Self.token) && !text.contains("\u{1B}"))
        bench.offer("2")
        _ = try #require(server.requests(atLeast: 2))
        // Each once, and the last a last time.
        #expect(!bench.push.shutdown())
        #expect(Array(bodies(server).prefix(2)) == ["1", "2"] && bodies(server).count <= 3)
        bench.expectAccount("offered=2 delivered=0 superseded=1 abandoned=1")
        #expect(bench.told.kinds == ["push failing"])
    }

    /// An hour without a server: few lines, two documents of memory, and the newest arrives.
    @Test func anOutageTellsLittleAndEndsWithTheNewest() throws {
        let server = try ScriptedCollector(isListening: false)
        let time = SteppedTime()
        let bench = try Bench(server.endpoint, time: time)
        bench.offer("0")
        #expect(bench.told.text(containing: "Connection refused") != nil)
        // Each offer wakes the push, which sees the time that has passed.
        for number in 1...720 {
            time.pass(.seconds(5))
            bench.offer("\(number)")
        }
        try server.startListening()
        #expect(bench.push.shutdown(timeout: .seconds(20)))
        #expect(bodies(server) == ["720"])
        #expect(eventually { bench.told.kinds.last == "push recovered" })
        #expect(bench.told.kinds.count <= 10, "\(bench.told.all)")
        bench.expectAccount("offered=721 delivered=1 superseded=720 abandoned=0")
    }

    @Test func aServerThatHangsHoldsNoShutdownUp() throws {
        let server = try ScriptedCollector(otherwise: .mute)
        let bench = try Bench(server.endpoint)
        bench.offer("1")
        _ = try #require(server.requests(atLeast: 1))
        bench.offer("2")
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        #expect(!bench.push.shutdown(timeout: .milliseconds(300)))
        #expect(ContinuousClock.now - start < .milliseconds(300) + tolerance.limit)
        bench.expectAccount("offered=2 delivered=0 superseded=1 abandoned=1")
    }

    @Test func oneThatIsLetGoEnds() throws {
        let server = try ScriptedCollector(otherwise: .mute)
        var bench: Bench? = try Bench(server.endpoint)
        bench?.offer("1")
        _ = try #require(server.requests(atLeast: 1))
        bench = nil
        #expect(server.isLeft())
    }
}
