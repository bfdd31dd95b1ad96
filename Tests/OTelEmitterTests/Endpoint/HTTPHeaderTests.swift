import Testing

@testable import OTelEmitter

@Suite struct HTTPHeaderTests {
    @Test(arguments: [
        ("a", ""), ("X-Api-Key", "a=b; c, d"), ("!#$%&'*+-.^_`|~9", "x"), ("a", "tab\there"),
        ("a", "é😀"),
    ])
    func tokensWithPrintableValuesAreHeaders(name: String, value: String) {
        let header = HTTPHeader(name, value)
        #expect(header?.name == name)
        #expect(header?.value == value)
    }

    @Test(arguments: [
        "", " ", "a b", "a:", "a\r\nb", "é", "a\u{0}", "(a)", "a\"", "a,b", "a=b", "{",
    ])
    func aNameThatIsNoTokenIsRefused(name: String) {
        #expect(HTTPHeader(name, "v") == nil)
    }

    @Test(arguments: ["\r", "\n", "x\r\ny: z", "\u{0}", "\u{7F}", "\u{1B}[1m", "a\u{1}"])
    func aValueWithControlCharactersIsRefused(value: String) {
        #expect(HTTPHeader("a", value) == nil)
    }

    @Test(arguments: [
        "Content-Type", "content-encoding", "CONTENT-LENGTH", "Transfer-Encoding", "Host",
        "Expect", "Connection", "User-Agent",
    ])
    func headersThatTheEmitterSetsAreRefused(name: String) {
        #expect(HTTPHeader(name, "v") == nil)
    }
}
