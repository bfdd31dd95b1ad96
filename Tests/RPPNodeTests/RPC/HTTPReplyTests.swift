import Testing

@testable import rpp_node

struct HTTPReplyTests {
    private func text(_ reply: HTTPReply, keepsAlive: Bool = true, isHeadOnly: Bool = false)
        -> String
    {
        String(
            decoding: reply.encoded(keepsAlive: keepsAlive, isHeadOnly: isHeadOnly), as: UTF8.self)
    }

    @Test func aReplyHasItsLengthAndSaysWhetherTheConnectionStays() {
        #expect(
            text(HTTPReply(200, "{}"))
                == "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n"
                + "Connection: keep-alive\r\n\r\n{}\n")
        #expect(text(HTTPReply(200, "{}"), keepsAlive: false).contains("\r\nConnection: close\r\n"))
    }

    @Test func theLengthCountsBytes() {
        let reply = HTTPReply(200, contentType: "text/plain", Array("é".utf8))
        #expect(text(reply).contains("\r\nContent-Length: 2\r\n"))
    }

    @Test func headHasTheLengthAndNoContent() {
        let head = text(HTTPReply(200, "{}"), isHeadOnly: true)
        #expect(head.contains("\r\nContent-Length: 3\r\n") && head.hasSuffix("\r\n\r\n"))
    }

    @Test func aMethodThatIsNotAllowedIsToldWhichAre() {
        let reply = text(.methodNotAllowed("GET, HEAD"))
        #expect(reply.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
        #expect(reply.contains("\r\nAllow: GET, HEAD\r\n"))
        #expect(!text(.problem(404, "x")).contains("Allow:"))
    }
}
