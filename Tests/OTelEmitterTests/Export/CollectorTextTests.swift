import JSONText
import Testing

@testable import OTelEmitter

@Suite struct CollectorTextTests {
    private func response(_ body: String, type: String = "text/plain") -> HTTPResponse {
        HTTPResponse(
            status: 405, body: Array(body.utf8), headers: ResponseHeaders(contentType: type))
    }

    private let secrets = Secrets(["s3cr3t/x"])

    @Test func aPlainTextErrorIsShown() {
        #expect(CollectorText.message(of: response("405 no\n")) == "405 no")
        #expect(CollectorText.message(of: response("<html>", type: "text/html")) == nil)
        #expect(CollectorText.message(of: response("")) == nil)
    }

    @Test(arguments: [
        ("text/plain", "token s3cr3t/x is bad"),
        ("application/json", #"{"message":"token s3cr3t\/x is bad"}"#),
    ])
    func aSecretThatIsRepeatedIsHidden(type: String, body: String) {
        let response = response(body, type: type).hiding(secrets)
        #expect(CollectorText.message(of: response) == "token *** is bad")
    }

    @Test func aSecretAtTheEndOfWhatIsShownIsNotCutInTwo() {
        for place in (CollectorText.shownBytes - 10)...CollectorText.shownBytes {
            let text = String(repeating: "m", count: place) + "s3cr3t/x" + "!!!"
            let shown = CollectorText.shown(text, of: response("").hiding(secrets))
            #expect(!shown.contains("s"), "\(shown)")
        }
    }

    @Test func onlyAnObjectIsOne() {
        #expect(CollectorText.object(response("{}"))?.members?.isEmpty == true)
        for body in ["", "[]", "7", "{", "{}x"] {
            #expect(CollectorText.object(response(body)) == nil)
        }
    }
}
