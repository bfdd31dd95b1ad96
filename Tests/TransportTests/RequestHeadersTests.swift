import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct RequestHeadersTests {
    @Test func everyRequestHasItsOwnContentType() throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: server.endpoint)
        let kinds = [("a/b", false), ("a/c", true), ("a/b", true), ("a/b", false), ("a/c", false)]
        let deadline = MonotonicTime.now() + Sender.limit
        for (type, isCompressed) in kinds {
            let request = HTTPRequest(
                body: Sender.small, contentType: type, isCompressed: isCompressed)
            #expect(try sender.transport.send(request) { deadline }.status == 200)
        }
        #expect(server.requests.flatMap { $0.header("Content-Type") } == kinds.map(\.0))
        #expect(
            server.requests.map { $0.header("Content-Encoding") }
                == kinds.map { $0.1 ? ["gzip"] : [] })
    }
}
