import Instruments
import InstrumentsTesting
import TestSupport
import Testing

@testable import OTelEmitter

/// What comes back, whole or spoilt (scenarios H1, H2, H8 to H11).
@Suite struct ResponseTests {
    private static let end = "\r\n\r\n"

    private func answer(
        _ text: String, limit: Int = 1 << 20, within deadline: Duration = Sender.limit
    ) throws -> Result<HTTPResponse, TransportError> {
        let server = try ScriptedCollector(.writing(text))
        var sender = try Sender.make(to: server.endpoint, responseByteLimit: limit)
        return sender.send(within: deadline)
    }

    @Test func headersOfTheResponseAreKept() throws {
        let response = try answer(
            "HTTP/1.1 429 Slow\r\nRETRY-AFTER:  5 \r\ncontent-type: text/html\r\n"
                + "Location: http://elsewhere.test/\r\nDate: Tue, 24 Nov 2026 18:00:00 GMT\r\n"
                + "X-Retry-After: 6\r\nContent-Length: 2\r\n\r\n{}"
        ).response
        let headers = try #require(response?.headers)
        #expect(headers.retryAfter == "5")
        #expect(headers.contentType == "text/html")
        #expect(headers.location == "http://elsewhere.test/")
        #expect(headers.date == "Tue, 24 Nov 2026 18:00:00 GMT")
        #expect(response?.body == Array("{}".utf8))
        #expect(response?.isBodyComplete == true)
    }

    @Test func interimResponsesAndTrailersLeaveNoHeaders() throws {
        let response = try answer(
            "HTTP/1.1 103 Hints\r\nRetry-After: 1\r\nLocation: a\r\n\r\n"
                + "HTTP/1.1 100 Continue\r\nRetry-After: 2\r\n\r\n"
                + "HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\n{}\r\n0\r\nRetry-After: 4\r\nDate: x\r\n\r\n"
        ).response
        #expect(response?.status == 503)
        #expect(response?.headers == ResponseHeaders(retryAfter: "3"))
        #expect(response?.body == Array("{}".utf8))
    }

    @Test(arguments: [
        "Content-Length: 0\r\n\r\n", "Content-Length: 9\r\n\r\n<h1>Hi", "\r\n\u{1F}\u{8B}garbage",
        "Transfer-Encoding: chunked\r\n\r\nZZ\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "X: y\u{0}z\r\n\r\n", "no colon",
    ])
    func successIsFinalWhateverFollowsTheStatus(rest: String) throws {
        let result = try answer("HTTP/1.1 200 OK\r\n" + rest)
        #expect(result.status == 200, "\(result)")
    }

    @Test func bodyBeyondTheLimitIsNotReadAndTheConnectionClosed() throws {
        var endless = HTTPAnswer(200)
        endless.body = Array(repeating: UInt8(ascii: "a"), count: 1 << 20)
        endless.repetitions = 10_240
        let server = try ScriptedCollector(.answering(endless))
        var sender = try Sender.make(to: server.endpoint, responseByteLimit: 100_000)
        let response = sender.send().response
        #expect(response?.status == 200)
        #expect(response?.body.count == 100_000)
        #expect(response?.isBodyComplete == false)
        #expect(server.isLeft())
    }

    @Test func bodyOfExactlyTheLimitIsComplete() throws {
        let response = try answer(
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", limit: 4
        ).response
        #expect(response?.body == Array("abcd".utf8))
        #expect(response?.isBodyComplete == true)
    }

    @Test func bodyThatNeverEndsIsWaitedForWithPatienceOnly() throws {
        let clock = SteppedClock(start: 1_000_000_000)
        let server = try ScriptedCollector(
            ConnectionScript(
                .readRequest,
                .write(Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab".utf8)), .hold))
        var sender = try Sender.make(to: server.endpoint, clock: .stepped(clock))
        let start = clock.now()
        let isOver = Monitor(false)
        // A second passes whenever the transport has waited a little.
        let time = Background { [wakeup = sender.wakeup] in
            while isOver.wait(within: .milliseconds(20), for: { $0 ? true : nil }) == nil {
                clock.advance(by: .seconds(1))
                wakeup.wake()
            }
        }
        let response = sender.send(until: {
            MonotonicTime(nanoseconds: Int64(start)) + .seconds(3600)
        }).response
        isOver.withLock { $0 = true }
        #expect(time.value() != nil)
        #expect(response?.status == 200)
        #expect(response?.body == Array("ab".utf8))
        #expect(response?.isBodyComplete == false)
        let passed = Duration.nanoseconds(clock.now() - start)
        #expect(passed >= HTTPTransport.bodyPatience && passed < .seconds(3600))
    }

    @Test func responseByteByByteEndsWithTheDeadline() throws {
        var slow = HTTPAnswer(200)
        slow.pause = .seconds(1)
        let server = try ScriptedCollector(.answering(slow))
        var sender = try Sender.make(to: server.endpoint)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let error = sender.send(within: .milliseconds(300)).error
        #expect(ContinuousClock.now - start < .milliseconds(300) + tolerance.limit)
        #expect(error?.kind == .timeout && error?.wasSent == true)
    }

    @Test func serverThatReadsByteByByteEndsWithTheDeadline() throws {
        let server = try ScriptedCollector(ConnectionScript(.readBytes(10), .wait(Latch())))
        var sender = try Sender.make(to: server.endpoint)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let error = sender.send(Sender.large, within: .milliseconds(300)).error
        #expect(ContinuousClock.now - start < .milliseconds(300) + tolerance.limit)
        #expect(error?.kind == .timeout && error?.wasSent == true)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirectIsAnAnswer(status: Int) throws {
        let elsewhere = try ScriptedCollector()
        let response = try answer(
            "HTTP/1.1 \(status) There\r\nLocation: \(elsewhere.endpoint)\r\nContent-Length: 0"
                + Self.end
        ).response
        #expect(response?.status == status)
        #expect(response?.headers.location == elsewhere.endpoint)
        #expect(elsewhere.connections == 0)
    }

    @Test func headOutOfBoundsIsAnErrorOfTheProtocol() throws {
        let heads = [
            "X: " + String(repeating: "a", count: 1 << 20) + "\r\n",
            String(repeating: "X: y\r\n", count: 10_000),
            String(repeating: "X: " + String(repeating: "a", count: 1000) + "\r\n", count: 100),
        ]
        for head in heads {
            for status in [200, 503] {
                let result = try answer(
                    "HTTP/1.1 \(status) OK\r\n\(head)Content-Length: 0" + Self.end)
                #expect(result.error?.kind == .protocol, "\(head.prefix(10)): \(result)")
                #expect(result.error?.wasSent == true)
                #expect(result.error?.text.contains("head of the response is too large") == true)
            }
        }
        let interim = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 10_000)
        #expect(try answer(interim).error?.kind == .protocol)
    }

    @Test func whatIsNotHTTPIsAnErrorOfTheProtocolWithAHint() throws {
        let settings = "\u{0}\u{0}\u{6}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{5}\u{0}\u{0}@\u{0}"
        for text in [settings, "hello\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "{}\r\n\r\n"] {
            let error = try answer(text).error
            #expect(error?.kind == .protocol, "\(text.prefix(5))")
            #expect(error?.text.contains(TransferFailure.grpcHint) == true, "\(error?.text ?? "")")
        }
        #expect(try answer("HTTP/1.1 abc\r\n\r\n").error?.kind == .protocol)
        #expect(try answer("HTTP/3.7 200 OK\r\n\r\n").error?.kind == .protocol)
    }

    @Test func secondResponseIsNotTakenForTheNextRequests() throws {
        let one = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"
        let smuggled = "HTTP/1.1 418 No\r\nContent-Length: 3\r\n\r\nbad"
        let server = try ScriptedCollector(
            ConnectionScript(.readRequest, .write(Array((one + smuggled).utf8)), .hold))
        var sender = try Sender.make(to: server.endpoint)
        #expect(sender.send().body == "first")
        let second = sender.send()
        #expect(second.status == 200 && second.body == "{}")
        #expect(server.requests.count == 2)
    }
}
