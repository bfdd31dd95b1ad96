import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Answers whose text is spoilt (scenarios H10 to H14).
extension AnswerScenarioTests {
    private static let page =
        "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n</html>\n"

    private static func page(_ status: String) -> String {
        "HTTP/1.1 \(status)\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\n"
            + "Content-Length: \(page.utf8.count)\r\nConnection: keep-alive\r\n\r\n" + page
    }

    /// - Parameters:
    ///   - rest: what follows the status line.
    ///   - warning: what is told; nil: nothing.
    @Test(arguments: [
        ("Content-Length: 0\r\n\r\n", nil), ("Content-Length: 2\r\n\r\n{}", nil),
        ("Content-Length: 2\r\n\r\n\r\n", nil),
        ("Content-Type: application/x-protobuf\r\nContent-Length: 2\r\n\r\n\u{A}\u{0}", nil),
        ("Content-Length: 9\r\n\r\n\u{1}\u{2}garbage", "no OTLP"),
        ("Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK", "no OTLP"),
        ("Content-Length: 4\r\n\r\n[{}]", "no OTLP"),
        ("\r\n{\"partialSuccess\":", "no OTLP"),
        ("Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "HTML"),
        ("Content-Length: 1000\r\n\r\n{}", "not whole"),
        ("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "not whole"),
        ("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", "not whole"),
        ("Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1F}\u{8}ab", "no OTLP"),
    ])
    func h10_aSuccessIsFinalWhateverItsBody(rest: String, warning: String?) throws {
        let collector = try ScriptedCollector(otherwise: .writing("HTTP/1.1 200 OK\r\n" + rest))
        let scenario = try Scenario.make(to: collector)
        for _ in 0..<3 {
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
        }
        // Each was sent once.
        #expect(collector.requests.count == 3)
        if let warning { _ = try #require(scenario.told.text(containing: warning)) }
        #expect(scenario.told.kinds == (warning == nil ? [] : ["warns"]))
        #expect(scenario.emitter.totals.description == "recorded=6 delivered=6 pending=0 lost=0")
        #expect(try collector.requests.flatMap { try $0.points() }.count == 6)
    }

    @Test func h10_tenGibibytesAreNotRead() throws {
        var endless = HTTPAnswer(200)
        endless.body = Array(repeating: UInt8(ascii: " "), count: 1 << 20)
        endless.repetitions = 10_240
        let collector = try ScriptedCollector(.answering(endless), .answering(204))
        let scenario = try Scenario.make(to: collector)
        for _ in 0..<2 {
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
        }
        #expect(collector.connections == 2)
        _ = try #require(scenario.told.text(containing: "not whole"))
        scenario.expectTold(["warns"])
        try scenario.expectHolds(recorded: 4)
    }

    /// What comes in place of a response, by its name.
    private static let nonsense = [
        "a line of a megabyte":
            "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n",
        "ten thousand lines":
            "HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 10_000) + "\r\n",
        "no status line": "Content-Length: 2\r\n\r\n{}",
        "HTTP/0.9": "{}\n",
        "another version": "HTTP/3.7 200 OK\r\n\r\n",
        "HTTP/2": "\u{0}\u{0}\u{6}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{5}\u{0}\u{0}@\u{0}",
    ]

    @Test(arguments: nonsense.keys.sorted())
    func h11_whatIsNotHTTPIsAnOutage(name: String) throws {
        let text = try #require(Self.nonsense[name])
        let collector = try ScriptedCollector(.writing(text))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 2)
        #expect(!scenario.flush(within: .zero).isComplete)
        let told = try #require(scenario.told.text(containing: "can't be delivered"))
        let isHeadTooLarge = text.hasPrefix("HTTP/1.1")
        #expect(told.contains(isHeadTooLarge ? "head of the response is too large" : "not HTTP/1"))
        if !text.hasPrefix("HTTP/") { #expect(told.contains("4318"), "\(told)") }
        #expect(scenario.flush().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds(recorded: 4)
    }

    /// The second of two responses at once is not the answer to the next request.
    @Test func h11_aSmuggledResponseAnswersNothing() throws {
        let two =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
            + "HTTP/1.1 400 No\r\nContent-Length: 3\r\n\r\nbad"
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .write(Array(two.utf8)), .hold))
        let scenario = try Scenario.make(to: collector)
        for _ in 0..<2 {
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
        }
        #expect(collector.requests.count == 2)
        #expect(scenario.told.all == [])
        #expect(scenario.emitter.totals.delivered == 4)
    }

    /// - Parameters:
    ///   - count: how the collector writes what it rejected of 5; nil: not at all.
    ///   - rejected: what is believed of it.
    @Test(arguments: [
        ("\"3\"", 3), ("3", 3), ("-1", 0), ("\"-1\"", 0), ("\"9223372036854775808\"", 0),
        ("\"abc\"", 0), (nil, 0),
    ])
    func h12_partialSuccessInAllForms(count: String?, rejected: Int) throws {
        let member = count.map { "\"rejectedDataPoints\":\($0)," } ?? ""
        let body = "{\"partialSuccess\":{\(member)\"errorMessage\":\"too old\"}}"
        let collector = try ScriptedCollector(.answering(HTTPAnswer(200, body: body)))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 5)
        #expect(scenario.flush().isComplete == (rejected == 0))
        #expect(collector.requests.count == 1)
        _ = try #require(scenario.told.text(containing: "too old"))
        scenario.expectTold([rejected > 0 ? "rejected" : "warns"])
        try scenario.expectHolds(
            recorded: 5, lost: rejected > 0 ? [.rejected: rejected] : [:],
            rejectedWithin: rejected)
    }

    /// The bytes between the quotes of a collector's message, by what is wrong with them.
    private static let messages: [String: [UInt8]] = [
        "long": Array(repeating: UInt8(ascii: "m"), count: 20_000),
        "control characters": Array("a\\u001b[2J\\n\\u0007b".utf8),
        "no UTF-8": [0x61, 0xFF, 0xFE, 0x62],
    ]

    @Test(arguments: messages.keys.sorted())
    func h12_aMessageIsCutAndMadeHarmless(name: String) throws {
        let message = try #require(Self.messages[name])
        var answer = HTTPAnswer(200)
        answer.body =
            Array("{\"partialSuccess\":{\"rejectedDataPoints\":\"2\",\"errorMessage\":\"".utf8)
            + message + Array("\"}}".utf8)
        let collector = try ScriptedCollector(.answering(answer))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 5)
        #expect(!scenario.flush().isComplete)
        let text = try #require(scenario.told.text(containing: "refused 2 data points"))
        #expect(text.utf8.count < 1200)
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        try scenario.expectHolds(recorded: 5, lost: [.rejected: 2], rejectedWithin: 2)
    }

    /// What is larger than anything that is read leaves the request delivered.
    @Test func h12_aMessageOfTenMegabytesIsNotKept() throws {
        var answer = HTTPAnswer(200)
        answer.body =
            Array("{\"partialSuccess\":{\"errorMessage\":\"".utf8)
            + Array(repeating: UInt8(ascii: "m"), count: 10 << 20) + Array("\"}}".utf8)
        let collector = try ScriptedCollector(otherwise: .answering(answer))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 5)
        #expect(scenario.flush().isComplete)
        #expect(scenario.told.all.allSatisfy { $0.description.utf8.count < 1200 })
        try scenario.expectHolds(recorded: 5)
    }

    @Test(arguments: [
        // Closed at once, when the next request begins, and once that was read.
        ConnectionScript(.readRequest, .answer(HTTPAnswer(200))),
        ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readBytes(1)),
        ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readBytes(1), .reset),
        ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readRequest, .reset),
    ])
    func h13_aConnectionClosedWhileIdleIsNoFailure(script: ConnectionScript) throws {
        let collector = try ScriptedCollector(script)
        let scenario = try Scenario.make(to: collector)
        for _ in 0..<3 {
            scenario.count(series: 2)
            #expect(scenario.flush().isComplete)
        }
        #expect(collector.connections == 2)
        #expect(scenario.told.all == [])
        try scenario.expectHolds(recorded: 6)
    }

    /// The default page of nginx, and what nginx says to a POST for a file.
    @Test(arguments: ["200 OK", "405 Not Allowed"])
    func h14_aServerOfPagesIsNamed(status: String) throws {
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .write(Array(Self.page(status).utf8)), loopingFrom: 0))
        let scenario = try Scenario.make(to: collector)
        let isAccepted = status.hasPrefix("200")
        for _ in 0..<3 {
            scenario.count()
            #expect(scenario.flush().isComplete == isAccepted)
        }
        #expect(collector.requests.count == 3 && collector.connections == 1)
        _ = try #require(scenario.told.text(containing: isAccepted ? "HTML" : "no OTLP receiver"))
        #expect(scenario.told.kinds.count == 1)
        #expect(scenario.emitter.totals.lostByReason == (isAccepted ? [:] : [.rejected: 3]))
        #expect(scenario.emitter.totals.isBalanced && scenario.emitter.totals.recorded == 3)
    }
}
