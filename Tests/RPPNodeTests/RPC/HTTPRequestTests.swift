import Testing

@testable import rpp_node

struct HTTPRequestTests {
    private func parse(_ text: String) -> HTTPRequest.Parsed {
        HTTPRequest.parse(Array(text.utf8))
    }

    @Test func requestIsCompleteOnlyWithItsLastByte() {
        let text = "POST /a/b?x=1&y= HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nf=2NEXT"
        let length = text.utf8.count - 4
        for count in 0..<length {
            #expect(HTTPRequest.parse(Array(text.utf8.prefix(count))) == .incomplete)
        }
        let wanted = HTTPRequest(
            method: "POST", path: "/a/b", query: ["x": "1", "y": ""], body: Array("f=2".utf8),
            keepsAlive: true)
        #expect(parse(text) == .complete(wanted, length: length))
        #expect(wanted.form == ["f": "2"])
    }

    @Test(arguments: [
        ("GARBAGE\r\n\r\n", 400), ("\r\n\r\n", 400), ("GET / HTTP/2\r\n\r\n", 400),
        ("GET nothing HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nnocolon\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 4097\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ])
    func badRequestsAreRefused(text: String, status: Int) {
        #expect(parse(text) == .refused(status: status))
    }

    @Test func endlessHeadersAreRefused() {
        #expect(parse(String(repeating: "a", count: 8192)) == .incomplete)
        #expect(parse(String(repeating: "a", count: 8193)) == .refused(status: 431))
    }

    @Test func acceptIsReadWhateverItsCase() {
        for (fields, accept) in [
            ("", nil), ("Accept: text/plain\r\n", "text/plain"), ("aCCEPT:\t*/*\r\n", "*/*"),
            ("Accept: a/b\r\nAccept: c/d;q=0.5\r\n", "a/b, c/d;q=0.5"),
        ] {
            guard case .complete(let request, _) = parse("GET / HTTP/1.1\r\n\(fields)\r\n") else {
                Issue.record("not complete: \(fields)")
                continue
            }
            #expect(request.accept == accept)
        }
    }

    @Test func connectionHeaderDecidesAboutKeepingAlive() {
        for (text, keepsAlive) in [
            ("GET / HTTP/1.1\r\n\r\n", true), ("GET / HTTP/1.0\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n", false),
        ] {
            guard case .complete(let request, _) = parse(text) else {
                Issue.record("not complete: \(text)")
                continue
            }
            #expect(request.keepsAlive == keepsAlive)
        }
    }
}
