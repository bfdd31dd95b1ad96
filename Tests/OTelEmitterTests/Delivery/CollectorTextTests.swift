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

    /// What is read is cut within a secret, and what is hidden before moves that into sight.
    @Test(arguments: ["text/plain", "application/json"], ["", "-", "denied: "])
    func aSecretAtTheEndOfWhatIsReadIsNotShown(type: String, between: String) {
        let secret = "eyJ" + String(repeating: "0123456789", count: 150)
        for count in 40..<60 {
            let filler = String(repeating: between, count: count)
            let body = String(repeating: filler + secret, count: 100)
            let response = response(
                type == "text/plain" ? body : #"{"message":"\#(body)"}"#, type: type
            ).hiding(Secrets([secret]))
            let shown = CollectorText.message(of: response) ?? ""
            #expect(!shown.contains { $0.isNumber }, "\(shown)")
        }
    }

    @Test func aSecretInWhichTheBodyBreaksOffIsNotShown() {
        func message(_ body: String) -> String? {
            CollectorText.message(
                of: HTTPResponse(
                    status: 401, body: Array(body.utf8),
                    headers: ResponseHeaders(contentType: "text/plain"), isBodyComplete: false
                ).hiding(secrets))
        }
        #expect(message("no such token: s3cr3t/") == "no such token:")
        #expect(message("s3cr3t") == nil)
    }

    @Test func onlyAnObjectIsOne() {
        #expect(CollectorText.object(response("{}"))?.members?.isEmpty == true)
        for body in ["", "[]", "7", "{", "{}x"] {
            #expect(CollectorText.object(response(body)) == nil)
        }
    }
}
