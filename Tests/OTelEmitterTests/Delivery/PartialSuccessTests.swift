import Testing

@testable import OTelEmitter

@Suite struct PartialSuccessTests {
    private func partial(
        _ body: String, contentType: String? = "application/json", isComplete: Bool = true
    ) -> PartialSuccess {
        .of(
            HTTPResponse(
                status: 200, body: Array(body.utf8),
                headers: ResponseHeaders(contentType: contentType), isBodyComplete: isComplete))
    }

    @Test(arguments: [
        "", " \r\n", "{}", "\u{FEFF}{}", #"{"partialSuccess":{}}"#, #"{"partialSuccess":null}"#,
        #"{"partialSuccess":{"rejectedDataPoints":"0"}}"#,
        #"{"partialSuccess":7}"#, #"{"other":{"rejectedDataPoints":"3"}}"#,
    ])
    func fullSuccessIsThat(body: String) {
        #expect(partial(body) == PartialSuccess())
    }

    @Test(arguments: ["\"3\"", "3"])
    func rejectedPointsAreCounted(number: String) {
        let body = #"{"partialSuccess":{"rejectedDataPoints":\#(number),"errorMessage":"why"}}"#
        #expect(partial(body) == PartialSuccess(rejected: 3, message: "why"))
    }

    @Test(arguments: [
        "-1", "\"-1\"", "9223372036854775808", "\"9223372036854775808\"", "\"abc\"", "1.5", "true",
        "[]", "{}", "\"\"",
    ])
    func numbersThatMakeNoSenseAreUnknownAndStillSuccess(number: String) {
        let answer = partial(#"{"partialSuccess":{"rejectedDataPoints":\#(number)}}"#)
        #expect(answer == PartialSuccess(isDoubtful: true))
    }

    @Test func aMessageAloneIsAWarning() {
        let answer = partial(#"{"partialSuccess":{"errorMessage":"slow down"}}"#)
        #expect(answer == PartialSuccess(message: "slow down"))
    }

    @Test func aLongMessageIsCutAndControlCharactersAreReplaced() throws {
        let long = String(repeating: "é", count: 5000)
        let answer = partial(
            #"{"partialSuccess":{"errorMessage":"a\nb\u0000c\u2028d\#(long)"}}"#)
        let message = try #require(answer.message)
        #expect(message.hasPrefix("a b c d"))
        #expect(message.utf8.count <= CollectorText.shownBytes + 3)
        #expect(message.hasSuffix("…"))
    }

    @Test func aPageOfHTMLWarns() {
        let answer = partial("<html>welcome</html>", contentType: "text/html; charset=utf-8")
        #expect(answer.isDoubtful)
        #expect(answer.message?.contains("HTML") == true)
    }

    @Test(arguments: [
        "not JSON", "[1]", "null", "7", "{\"partialSuccess\":", "{}{}", "\u{A}\u{2}x",
        "\u{A}\u{2}\u{8}\u{3}",
    ])
    func whatIsNoOTLPJSONIsDoubtful(body: String) {
        let answer = partial(body, contentType: "text/plain")
        #expect(answer.isDoubtful && answer.rejected == 0)
        #expect(answer.message?.contains("is this an OTLP receiver") == true)
    }

    @Test func anAnswerThatIsNotWholeIsDoubtful() {
        for body in ["", "{}", "{\"partialSuccess\":{\"rejectedDataPoints\":5"] {
            let answer = partial(body, isComplete: false)
            #expect(answer.isDoubtful && answer.rejected == 0)
            #expect(answer.message?.contains("not whole") == true)
        }
        let read = partial(
            #"{"partialSuccess":{"rejectedDataPoints":3,"errorMessage":"why"}}"#, isComplete: false)
        #expect(read == PartialSuccess(rejected: 3, message: "why", isDoubtful: true))
    }

    @Test func aLargeAnswerIsReadWhole() {
        let long = String(repeating: "m", count: 100_000)
        let body =
            #"{"partialSuccess":{"errorMessage":"\#(long)","rejectedDataPoints":"3"}}"#
        #expect(partial(body).rejected == 3)
    }
}
