import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct ProbeFaultResponseTests {
    private func fault(
        _ status: Int, _ body: String = "", type: String? = nil, location: String? = nil,
        _ url: String = "http://h:4318/v1/metrics"
    ) throws -> ProbeFault? {
        let headers = ResponseHeaders(contentType: type, location: location)
        return .of(
            HTTPResponse(status: status, body: Array(body.utf8), headers: headers),
            try #require(Endpoint(exactly: url)), .json)
    }

    @Test(arguments: 200..<300)
    func acceptanceIsNoFault(status: Int) throws {
        #expect(try fault(status, "{}") == nil)
        #expect(try fault(status, "{\"partialSuccess\":{\"errorMessage\":\"slow\"}}") == nil)
    }

    @Test func everyOtherStatusIsAFaultThatNamesIt() throws {
        for status in [199] + Array(300..<600) + [600, 999] {
            let fault = try #require(try fault(status))
            #expect(fault.detail == "the server answers \(status)")
            #expect(fault.advice?.isEmpty == false)
        }
    }

    @Test func messageOfTheServerIsShownOnOneLine() throws {
        let found = try fault(503, "{\"code\":14,\"message\":\"too\\nbusy\"}")
        #expect(found?.detail == "the server answers 503 (too busy)")
        let plain = try fault(404, "404 page not found\n", type: "text/plain; charset=utf-8")
        #expect(plain?.detail == "the server answers 404 (404 page not found)")
    }

    @Test func redirectNamesItsTarget() throws {
        let found = try fault(301, location: "https://there/\u{7}x")
        #expect(found?.step == .path)
        #expect(found?.advice?.hasSuffix("set the endpoint to https://there/ x") == true)
        #expect(try fault(302)?.advice?.contains("where the server is now") == true)
    }

    @Test(arguments: [
        ("http://h/v1/metrics/v1/metrics", "twice"), ("http://h/", "a collector takes metrics at"),
        ("http://h/base", "a collector takes metrics at"),
        ("http://h/base/v1/metrics", "the right path before /v1/metrics"),
    ])
    func unknownPathIsExplained(url: String, advice: String) throws {
        let found = try fault(404, at: url)
        #expect(found?.step == .path)
        #expect(found?.advice?.contains(advice) == true, "\(found?.advice ?? "")")
    }

    @Test func pageForPeopleIsNoReceiver() throws {
        #expect(try fault(200, "<html>", type: "text/html")?.step == .path)
    }

    @Test func rejectedDataPointIsToldWithItsReason() throws {
        let body = "{\"partialSuccess\":{\"rejectedDataPoints\":1,\"errorMessage\":\"no gauges\"}}"
        let found = try fault(200, body)
        #expect(found?.step == .canary)
        #expect(found?.detail == "the receiver rejects the data point: no gauges")
    }

    @Test func complaintsOfServersThatKnowNoOTLPAreUnderstood() throws {
        let wantsTLS = [
            "Client sent an HTTP request to an HTTPS server.\n",
            "<html><title>400 The plain HTTP request was sent to HTTPS port</title>",
        ]
        for body in wantsTLS {
            let found = try fault(400, body)
            #expect(found?.step == .tls)
            #expect(found?.advice == "begin the endpoint with https://")
        }
        let certificate = try fault(400, "<title>400 No required SSL certificate was sent</title>")
        #expect(certificate?.step == .authentication)
        #expect(certificate?.advice?.contains("CLIENT_CERTIFICATE") == true)
        let grpc = try fault(415, type: "application/grpc")
        #expect(grpc?.step == .answer)
        #expect(grpc?.advice == "this looks like a gRPC port, use the one for HTTP, usually 4318")
    }
}

extension ProbeFaultResponseTests {
    private func fault(_ status: Int, at url: String) throws -> ProbeFault? {
        .of(HTTPResponse(status: status, body: []), try #require(Endpoint(exactly: url)), .json)
    }
}
