import TestSupport
import Testing

@testable import OTelEmitter

/// Endpoints that are Unix sockets (pain 44).
@Suite struct UnixSocketTests {
    @Test func requestsGoThroughTheSocketWhateverTheProxies() throws {
        let folder = try TemporaryFolder()
        let server = try ScriptedCollector()
        let path = folder.file("s")
        let relay = try Relay(onUnixSocket: path, to: server.port)
        var sender = try Sender.make(
            to: "http://localhost/v1/metrics", unixSocket: path,
            proxies: ["http_proxy": "http://127.0.0.1:1"])
        for _ in 0..<2 { #expect(sender.send().status == 200) }
        #expect(server.requests.map(\.target) == ["/v1/metrics", "/v1/metrics"])
        #expect(server.connections == 1)
        withExtendedLifetime(relay) {}
    }

    @Test func socketThatIsMissingIsNamedAndOneWithALongNameIsNoEndpoint() throws {
        let folder = try TemporaryFolder()
        var sender = try Sender.make(to: "http://localhost/", unixSocket: folder.file("none"))
        let error = sender.send().error
        #expect(error?.kind == .connect && error?.wasSent == false)
        #expect(error?.text.contains("No such file") == true, "\(error?.text ?? "")")
        // The system knows no longer names, so no endpoint has one.
        let tooLong = folder.file(String(repeating: "a", count: 200))
        #expect(Endpoint(exactly: "unix:\(tooLong)") == nil)
    }
}
