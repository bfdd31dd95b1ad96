import Testing

@testable import OTelEmitter

@Suite struct ResponseClassificationTests {
    private func verdict(_ status: Int, _ body: String = "") -> Verdict {
        .of(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    @Test(arguments: 200..<300)
    func anyTwoHundredIsFinal(status: Int) {
        #expect(verdict(status) == .delivered)
        #expect(verdict(status, "not even JSON") == .delivered)
    }

    @Test(arguments: [429, 502, 503, 504])
    func onlyFourStatusesAreRetried(status: Int) {
        #expect(verdict(status) == .retry(reason: "the collector answers \(status)"))
    }

    @Test func everyOtherStatusIsFinalAndNamed() {
        for status in [-1, 0, 100, 199] + Array(300..<600) + [600, 999, Int.max]
        where ![429, 502, 503, 504].contains(status) {
            guard case .rejected(let reason) = verdict(status) else {
                Issue.record("\(status) is \(verdict(status))")
                continue
            }
            #expect(reason.contains("\(status)"))
        }
    }

    @Test(arguments: [
        (301, "redirect"), (308, "redirect"), (401, "token"), (403, "token"), (404, "/v1/metrics"),
        (415, "JSON"),
    ])
    func theReasonSaysWhatToCheck(status: Int, hint: String) {
        guard case .rejected(let reason) = verdict(status) else {
            Issue.record("\(verdict(status))")
            return
        }
        #expect(reason.contains(hint))
    }

    @Test func failuresOfTheTransportAreRetried() {
        for kind in TransportError.Kind.allCases {
            let error = TransportError(kind: kind, text: "refused")
            #expect(Verdict.of(error) == .retry(reason: "refused"))
        }
    }
}
