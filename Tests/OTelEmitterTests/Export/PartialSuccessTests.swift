import Testing

@testable import OTelEmitter

@Suite struct PartialSuccessTests {
    private func partial(_ body: String, contentType: String? = "application/json")
        -> PartialSuccess
    {
        .of(
            HTTPResponse(
                status: 200, body: Array(body.utf8),
                headers: ResponseHeaders(contentType: contentType)))
    }

    @Test(arguments: [
        "", "{}", #"{"partialSuccess":{}}"#, #"{"partialSuccess":null}"#,
        #"{"partialSuccess":{"rejectedDataPoints":"0"}}"#, "not JSON", "[1]",
        "{\"partialSuccess\":",
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

    @Test func aPlainTextErrorIsShown() {
        let response = HTTPResponse(
            status: 405, body: Array("405 method not allowed".utf8),
            headers: ResponseHeaders(contentType: "text/plain"))
        #expect(CollectorText.message(of: response) == "405 method not allowed")
        let html = HTTPResponse(
            status: 404, body: Array("<html>".utf8),
            headers: ResponseHeaders(contentType: "text/html"))
        #expect(CollectorText.message(of: html) == nil)
    }
}
