import Testing

@testable import OTelEmitter

@Suite struct ResponseClassificationTests {
    private func verdict(_ status: Int, _ body: String = "", retryAfter: String? = nil) -> Verdict {
        .of(
            HTTPResponse(
                status: status, body: Array(body.utf8),
                headers: ResponseHeaders(retryAfter: retryAfter)), to: .json, now: 0)
    }

    private func refusal(_ verdict: Verdict) -> Verdict.Refusal? {
        switch verdict {
        case .delivered: nil
        case .retry(let refusal, _), .tooLarge(let refusal), .bad(let refusal),
            .rejected(let refusal):
            refusal
        }
    }

    @Test(arguments: 200..<300)
    func anyTwoHundredIsFinal(status: Int) {
        #expect(verdict(status) == .delivered(PartialSuccess()))
        guard case .delivered(let doubtful) = verdict(status, "not even JSON") else {
            Issue.record("\(status) is no success")
            return
        }
        #expect(doubtful.isDoubtful && doubtful.rejected == 0)
    }

    @Test(arguments: [429, 502, 503, 504])
    func onlyFourStatusesAreRetried(status: Int) {
        let refusal = Verdict.Refusal(
            reason: "the collector answers \(status)", errorType: "\(status)")
        #expect(verdict(status) == .retry(refusal, after: nil))
        #expect(verdict(status, retryAfter: "7") == .retry(refusal, after: .seconds(7)))
    }

    @Test(arguments: [
        408, 421, 425, 500, 501, 505, 507, 401, 403, 404, 405, 415, 301, 302, 307, 308,
    ])
    func othersAreRejectedAtOnce(status: Int) {
        guard case .rejected(let refusal) = verdict(status, retryAfter: "7") else {
            Issue.record("\(verdict(status))")
            return
        }
        #expect(refusal.errorType == "\(status)")
    }

    @Test func everyStatusIsOneOfTheFiveAndNamed() {
        for status in [-1, 0, 100, 199] + Array(300..<600) + [600, 999, Int.max] {
            #expect(refusal(verdict(status))?.reason.contains("\(status)") == true)
        }
        #expect(refusal(verdict(413))?.errorType == "413")
        #expect(refusal(verdict(400))?.errorType == "400")
    }

    @Test(arguments: [
        (301, "redirect"), (308, "redirect"), (401, "token"), (403, "token"), (404, "/v1/metrics"),
        (415, "JSON"), (405, "receiver"),
    ])
    func theReasonSaysWhatToCheck(status: Int, hint: String) {
        #expect(refusal(verdict(status))?.reason.contains(hint) == true)
    }

    @Test func theCollectorsOwnWordsAreShown() {
        let verdict = verdict(400, #"{"code":3,"message":"bad \n thing"}"#)
        #expect(refusal(verdict)?.reason.contains("(bad   thing)") == true)
    }

    @Test func aRedirectNamesItsTarget() {
        let response = HTTPResponse(
            status: 307, body: [], headers: ResponseHeaders(location: "https://b.example/x\r\nA: b")
        )
        let reason = refusal(.of(response, to: .json, now: 0))?.reason
        #expect(reason?.hasSuffix("https://b.example/x  A: b") == true)
    }

    @Test func failuresOfTheTransportAreRetried() {
        for kind in TransportError.Kind.allCases {
            let error = TransportError(kind: kind, text: "refused")
            let refusal = Verdict.Refusal(reason: "refused", errorType: kind.rawValue)
            #expect(Verdict.of(error) == .retry(refusal, after: nil))
        }
    }
}
