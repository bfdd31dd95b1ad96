import Testing

@testable import OTelEmitter

@Suite struct EndpointPartsTests {
    @Test(arguments: [
        ("http://c:4318/x?q#f", "c", 4318, "/x"), ("https://c", "c", nil, ""),
        ("http://u:p@[::1]:80/", "::1", 80, "/"), ("http://c:/x", "c", nil, "/x"),
    ])
    func aURLHasHostPortAndPath(text: String, host: String, port: Int?, path: String) throws {
        let parts = try URLParts(text)
        #expect(parts.host == host)
        #expect(parts.port == port)
        #expect(parts.path == path)
    }

    @Test(arguments: [
        ("unix:///run/otel.sock", "/run/otel.sock", "", ""),
        ("unix:/run/otel.sock", "/run/otel.sock", "", ""),
        ("unix:///run/otel.sock:/v1/metrics", "/run/otel.sock", "/v1/metrics", ""),
        ("unix:/run/a:b:/x:/y?q=1#f", "/run/a:b", "/x:/y", "?q=1"),
        ("UNIX:///run/otel.sock:/", "/run/otel.sock", "/", ""),
        ("unix:///run/otel.sock:", "/run/otel.sock:", "", ""),
        ("unix:///run/a%20b?c", "/run/a%20b?c", "", ""),
    ])
    func aSocketHasAPathAndTheURLsPathBehindIt(
        text: String, socket: String, path: String, query: String
    ) throws {
        let parts = try SocketParts(text)
        #expect(parts.socket == socket)
        #expect(parts.path == path)
        #expect(parts.query == query)
    }

    @Test(arguments: [
        "unix:", "unix:x", "unix://", "unix:///", "unix:run/s", "unix:///run/", "unix://:/x",
        "unix:///run/ s", "unix:///run/s\n", "unix:///:/x",
    ])
    func whatNamesNoSocketIsRefused(text: String) {
        #expect(throws: EndpointProblem.self) { try SocketParts(text) }
        #expect(EndpointProblem.of(text) != nil)
        #expect(Endpoint(exactly: text) == nil)
        #expect(Endpoint(base: text) == nil)
    }

    /// The system's address of a socket has room for so many bytes and a zero.
    @Test func aSocketsPathIsAsLongAsTheSystemAllows() {
        let longest = "/" + String(repeating: "s", count: SocketParts.maximumLength - 1)
        #expect(Endpoint(exactly: "unix://" + longest)?.unixSocketPath == longest)
        #expect(Endpoint(exactly: "unix://" + longest + "s") == nil)
    }

    @Test(arguments: [
        "http://user:secret@", "user:secret@host:4318", "ftp://user:secret@host",
        "http://user:secret@host:port", "http://user:secret@ho st", "unix:secret",
    ])
    func aProblemTellsWhatWouldBeRightAndNothingOfTheText(text: String) throws {
        let problem = try #require(EndpointProblem.of(text))
        #expect(!problem.remedy.contains("secret"))
        #expect(!problem.remedy.isEmpty)
    }

    @Test func anEndpointIsNoProblem() {
        #expect(EndpointProblem.of("http://c") == nil)
        #expect(EndpointProblem.of("unix:///s") == nil)
    }
}
