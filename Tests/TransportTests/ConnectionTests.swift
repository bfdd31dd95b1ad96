import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Connections that do not come about, break, or are kept (R1 to R5, R10, R12, H4, H13).
@Suite struct ConnectionTests {
    private static let ok = ConnectionScript.Step.answer(HTTPAnswer(200))

    @Test func refusedConnectionIsNamed() throws {
        let port = try HeldPort()
        var sender = try Sender.make(to: "http://127.0.0.1:\(port.number)/")
        let error = sender.send().error
        #expect(error?.kind == .connect && error?.wasSent == false)
        #expect(error?.text.contains("Connection refused") == true, "\(error?.text ?? "")")
    }

    @Test func serverThatComesLaterIsFound() throws {
        let server = try ScriptedCollector(isListening: false)
        var sender = try Sender.make(to: server.endpoint)
        #expect(sender.send().error?.kind == .connect)
        try server.startListening()
        #expect(sender.send().status == 200)
    }

    @Test func connectionThatIsResetAtOnceIsAnError() throws {
        let server = try ScriptedCollector(ConnectionScript(.reset))
        var sender = try Sender.make(to: server.endpoint)
        // The reset comes while connecting or while sending.
        let kind = sender.send().error?.kind
        #expect(kind == .connection || kind == .connect)
        #expect(sender.send().status == 200)
    }

    @Test(arguments: [
        ConnectionScript(.readBytes(10), .reset),
        ConnectionScript(.readBytes(1 << 20), .reset), ConnectionScript(.readRequest, .reset),
        ConnectionScript(.readRequest), ConnectionScript(.readBytes(10)),
    ])
    func lostConnectionIsAnErrorAndTheNextOneIsNew(script: ConnectionScript) throws {
        let server = try ScriptedCollector(script)
        var sender = try Sender.make(to: server.endpoint)
        let error = sender.send(Sender.large).error
        #expect(error?.kind == .connection && error?.wasSent == true, "\(error?.text ?? "")")
        #expect(sender.send().status == 200)
        #expect(server.connections == 2)
    }

    @Test func connectionIsKept() throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: server.endpoint)
        for _ in 0..<50 { #expect(sender.send().status == 200) }
        #expect(server.connections == 1)
    }

    @Test func requestIsAPlainPost() throws {
        let server = try ScriptedCollector()
        let header = try #require(HTTPHeader("api-key", ""))
        var sender = try Sender.make(to: server.endpoint + "?a=b", headers: [header])
        #expect(sender.send(Sender.large).status == 200)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/v1/metrics?a=b")
        #expect(request.header("Content-Type") == ["application/json"])
        #expect(request.header("User-Agent") == [Version.userAgent])
        #expect(request.header("api-key") == [""])
        // Nobody answers an expectation in time.
        #expect(request.header("Expect") == [] && request.header("Accept-Encoding") == [])
        #expect(request.body == Sender.large)
    }

    @Test func renewedConnectionReplacesTheOneBefore() throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: server.endpoint)
        #expect(sender.send().status == 200)
        sender.transport.renew()
        for _ in 0..<3 { #expect(sender.send().status == 200) }
        #expect(server.requests.map(\.connection) == [0, 1, 1, 1])
        #expect(eventually { server.openConnections == 1 })
    }

    @Test func renewalLastsUntilAConnectionIsMade() throws {
        let server = try ScriptedCollector()
        let relay = try Relay(to: server.port)
        var sender = try Sender.make(to: "http://127.0.0.1:\(relay.port)/")
        #expect(sender.send().status == 200)
        sender.transport.renew()
        relay.set(.resetting)
        #expect(sender.send().error != nil)
        relay.set(.open)
        #expect(sender.send().status == 200)
        #expect(server.requests.count == 2 && relay.connections == 3)
    }

    @Test(arguments: [
        // The server closes at once, when the next request begins, or in the midst of it.
        ConnectionScript(.readRequest, ok),
        ConnectionScript(.readRequest, ok, .readBytes(1)),
        ConnectionScript(.readRequest, ok, .readBytes(1), .reset),
        ConnectionScript(.readRequest, ok, .readBytes(100_000), .reset),
        ConnectionScript(.readRequest, ok, .readRequest, .reset),
    ])
    func connectionThatWasClosedWhileIdleIsReplacedAtOnce(script: ConnectionScript) throws {
        for body in [Sender.small, Sender.large] {
            // A small request has no hundred thousand bytes to wait for.
            let end = body.count < 100 ? ConnectionScript(.readRequest, Self.ok, .reset) : script
            let server = try ScriptedCollector(end)
            var sender = try Sender.make(to: server.endpoint)
            #expect(sender.send().status == 200)
            let second = sender.send(body)
            #expect(second.status == 200, "\(second)")
            #expect(server.connections == 2)
            #expect(server.requests.last?.body.count == body.count)
        }
    }

    @Test func secondLossInSuccessionIsAnError() throws {
        let loses = ConnectionScript(.readRequest, .reset)
        let server = try ScriptedCollector(
            ConnectionScript(.readRequest, Self.ok, .readRequest, .reset), loses, loses,
            otherwise: loses)
        var sender = try Sender.make(to: server.endpoint)
        #expect(sender.send().status == 200)
        let error = sender.send().error
        #expect(error?.kind == .connection && error?.wasSent == true)
        #expect(server.requests.count == 3)
    }

    @Test func packetsThatAreDroppedEndWithTheTimeForConnecting() throws {
        let hole = try BlackHole()
        var sender = try Sender.make(to: "http://127.0.0.1:\(hole.port)/")
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let error = sender.send(within: .milliseconds(400)).error
        #expect(ContinuousClock.now - start < .milliseconds(400) + tolerance.limit)
        #expect(error?.kind == .connect && error?.wasSent == false, "\(error?.text ?? "")")
    }

    @Test func silenceInAConnectionEndsWithTheDeadlineAndTheNextOneIsNew() throws {
        let server = try ScriptedCollector()
        let relay = try Relay(to: server.port)
        var sender = try Sender.make(to: "http://127.0.0.1:\(relay.port)/")
        #expect(sender.send().status == 200)
        relay.set(.stalled)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let error = sender.send(Sender.large, within: .milliseconds(300)).error
        #expect(ContinuousClock.now - start < .milliseconds(300) + tolerance.limit)
        #expect(error?.kind == .timeout && error?.wasSent == true)
        relay.set(.open)
        #expect(sender.send().status == 200)
        #expect(relay.connections == 2)
    }

    @Test func nothingIsSentAfterTheDeadline() throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: server.endpoint)
        #expect(sender.send().status == 200)
        let error = sender.send(within: .zero).error
        #expect(error?.kind == .timeout && error?.wasSent == false)
        #expect(sender.send().status == 200)
        #expect(server.requests.count == 2)
    }

    @Test func deadlineThatComesNearerEndsTheRequest() throws {
        let server = try ScriptedCollector(otherwise: .mute)
        var sender = try Sender.make(to: server.endpoint)
        let cutoff = Monitor(MonotonicTime.now() + .seconds(60))
        let called = Background { [wakeup = sender.wakeup] in
            guard server.requests(atLeast: 1) != nil else { return ContinuousClock.now }
            cutoff.withLock { $0 = .now() }
            wakeup.wake()
            return ContinuousClock.now
        }
        let tolerance = Tolerance()
        let error = sender.send(until: { cutoff.withLock { $0 } }).error
        let end = ContinuousClock.now
        #expect(error?.kind == .timeout && error?.wasSent == true)
        let start = try #require(called.value())
        #expect(end - start < tolerance.limit)
    }

    @Test func serverThatComesAndGoesLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedCollector(isListening: false)
            let relay = try Relay(to: server.port)
            var sender = try Sender.make(to: "http://127.0.0.1:\(relay.port)/")
            #expect(sender.send().status == nil)
            try server.startListening()
            #expect(sender.send().status == 200)
            let threads = try OwnProcess.threads().count
            let descriptors = try OwnProcess.descriptors().count
            for round in 0..<100 {
                relay.set(round % 2 == 0 ? .resetting : .open)
                let result = sender.send()
                #expect((result.status == 200) == (round % 2 == 1), "\(result)")
            }
            #expect(try eventually { try OwnProcess.descriptors().count <= descriptors })
            #expect(try eventually { try OwnProcess.threads().count <= threads })
        }
    }

    @Test func waitingCostsNoProcessorTime() async {
        await #expect(processExitsWith: .success) {
            var slow = HTTPAnswer(200)
            slow.pause = .milliseconds(100)
            let server = try ScriptedCollector(.mute, .mute, otherwise: .answering(slow))
            let hole = try BlackHole()
            let urls = [server.endpoint, server.endpoint, "http://127.0.0.1:\(hole.port)/"]
            for url in urls {
                var sender = try Sender.make(to: url)
                _ = sender.send(within: .milliseconds(20))
                let start = OwnProcess.processorTime
                #expect(sender.send(within: .seconds(1)).status != 503)
                #expect(OwnProcess.processorTime - start < .milliseconds(50), "\(url)")
            }
        }
    }

    @Test func limitOfDescriptorsIsNamedAndPasses() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedCollector()
            for host in ["127.0.0.1", "127-0-0-1.addresses.test"] {
                var sender = try Sender.make(to: "http://\(host):\(server.port)/")
                // All that the transport itself needs is there.
                _ = sender.transport.certificates
                let limit = OwnProcess.limitDescriptors(to: 3)
                let start = OwnProcess.processorTime
                let error = sender.send(within: .seconds(2)).error
                #expect(OwnProcess.processorTime - start < .milliseconds(500))
                OwnProcess.limitDescriptors(to: limit)
                #expect(
                    error?.kind == .resources && error?.wasSent == false, "\(error?.text ?? "")")
                #expect(error?.text.contains("descriptors") == true)
                #expect(sender.send().status == 200)
            }
        }
    }
}
