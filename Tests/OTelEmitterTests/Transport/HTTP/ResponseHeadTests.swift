import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct ResponseHeadTests {
    /// Whether the lines are within the limits, and what they say.
    private func read(_ lines: [String], into head: inout ResponseHead) -> Bool {
        lines.allSatisfy { line in
            Array((line + "\r\n").utf8).withUnsafeBytes { head.take($0) }
        }
    }

    private func headers(_ lines: String...) -> ResponseHeaders {
        var head = ResponseHead()
        #expect(read(["HTTP/1.1 200 OK"] + lines + [""], into: &head))
        return head.headers
    }

    @Test func fourHeadersAreKeptWhateverTheirCase() {
        #expect(
            headers(
                "RETRY-after: 5", "DATE:x", "content-TYPE:\ttext/html; charset=a ",
                "location:  b c ")
                == ResponseHeaders(
                    retryAfter: "5", contentType: "text/html; charset=a", location: "b c", date: "x"
                ))
    }

    @Test func lastValueCounts() {
        #expect(headers("Retry-After: 5", "Retry-After: 6").retryAfter == "6")
        #expect(headers("Retry-After: 5", "Retry-After:").retryAfter == "")
    }

    @Test func otherLinesDoNotCount() {
        #expect(
            headers(
                "Retry-After", "", "Retry_After: 1", "xRetry-After: 1", ": 5", "Retry\u{0E}After: 1"
            )
                == ResponseHeaders())
        // The name ends at the colon: white space before it makes another name.
        #expect(headers("Date : x") == ResponseHeaders())
    }

    @Test func valuesAreCutAndFreeOfControlCharacters() {
        let long = String(repeating: "a", count: 5000)
        #expect(headers("Date: \(long)").date?.utf8.count == ResponseHeaders.limit)
        #expect(headers("Location: a\u{1B}[31m\u{0}b\u{7F}c").location == "a [31m b c")
        var head = ResponseHead()
        let invalid = Array("Date: ".utf8) + [0xFF, 0xC3, 0x28]
        _ = read(["HTTP/1.1 200 OK"], into: &head)
        #expect(invalid.withUnsafeBytes { head.take($0) })
        #expect(head.headers.date == "\u{FFFD}\u{FFFD}(")
    }

    /// What is cut could end with the beginning of a secret.
    @Test func aPlaceIsKeptWholeUntilItsSecretsAreHidden() {
        let secret = "s3cr3t" + String(repeating: "x", count: 500)
        let place = "http://h/" + String(repeating: secret, count: 4)
        let response = HTTPResponse(status: 307, body: [], headers: headers("Location: \(place)"))
            .hiding(Secrets([secret]))
        #expect(response.headers.location == "http://h/************")
    }

    @Test func newHeadMakesVoidWhatTheOneBeforeSaid() {
        var head = ResponseHead()
        #expect(read(["HTTP/1.1 100 Continue", "Retry-After: 1", ""], into: &head))
        #expect(read(["HTTP/1.1 503 Busy", "Date: x", ""], into: &head))
        #expect(head.headers == ResponseHeaders(date: "x"))
    }

    @Test func whatFollowsTheBodyDoesNotCount() {
        var head = ResponseHead()
        #expect(read(["HTTP/1.1 200 OK", "Retry-After: 1", ""], into: &head))
        head.end()
        #expect(read(["Retry-After: 2", "HTTP/1.1 503 x", "Retry-After: 3", ""], into: &head))
        #expect(head.headers.retryAfter == "1")
    }

    @Test func linesAndBytesAreLimited() {
        var many = ResponseHead()
        #expect(read(Array(repeating: "a", count: ResponseHead.lineLimit), into: &many))
        #expect(!read(["a"], into: &many))
        var long = ResponseHead()
        #expect(read([String(repeating: "a", count: ResponseHead.byteLimit - 2)], into: &long))
        #expect(!read([""], into: &long))
    }

    @Test func anyBytesAreTaken() {
        var random = SeededRandom(seed: 7)
        let parts = ["HTTP/1.1 200", "Date", ":", " ", "\r", "\n", "Retry-After: ", "\u{0}", "é"]
        for _ in 0..<20_000 {
            var head = ResponseHead()
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                var line: [UInt8] = []
                for _ in 0..<Int.random(in: 0...5, using: &random) {
                    line += Array(parts.randomElement(using: &random)?.utf8 ?? "".utf8)
                    line.append(UInt8.random(in: 0...255, using: &random))
                }
                if Bool.random(using: &random) { head.end() }
                #expect(line.withUnsafeBytes { head.take($0) })
            }
        }
    }
}
