import Testing

@testable import OTelEmitter

@Suite struct EndpointTests {
    /// Checklist B3.
    @Test(arguments: [
        ("http://c:4318", "http://c:4318/"), ("http://c:4318/", "http://c:4318/"),
        ("http://c:4318/v1/metrics", "http://c:4318/v1/metrics"),
        ("http://c:4318/v1/metrics/", "http://c:4318/v1/metrics/"),
        ("https://c", "https://c/"), ("http://c:/x", "http://c:/x"),
        ("http://c:4318?k=v", "http://c:4318/?k=v"), ("http://c/p?k=v#f", "http://c/p?k=v"),
        ("HTTPS://Host.Example/Path", "https://Host.Example/Path"),
        ("http://[::1]:4318/x", "http://[::1]:4318/x"), ("http://[::1]", "http://[::1]/"),
        ("http://u:p@c:1/x", "http://u:p@c:1/x"), ("http://c:65535", "http://c:65535/"),
    ])
    func anExactURLIsUsedAsItIs(text: String, url: String) {
        #expect(Endpoint(exactly: text)?.url == url)
    }

    /// Checklist B4.
    @Test(arguments: [
        ("http://c:4318", "http://c:4318/v1/metrics"),
        ("http://c:4318/", "http://c:4318/v1/metrics"),
        ("http://c:4318/mycollector", "http://c:4318/mycollector/v1/metrics"),
        ("http://c:4318/mycollector/", "http://c:4318/mycollector/v1/metrics"),
        ("https://c", "https://c/v1/metrics"), ("http://c:", "http://c:/v1/metrics"),
        ("http://c:4318/a?k=v#f", "http://c:4318/a/v1/metrics"),
        ("http://u:p@c/", "http://u:p@c/v1/metrics"),
    ])
    func theMetricsPathIsAppendedToABaseAfterOneSlash(text: String, url: String) {
        #expect(Endpoint(base: text)?.url == url)
    }

    /// Checklist B5: nothing makes 4318 of an empty port.
    @Test func onlyTheDefaultHasTheDefaultPort() {
        #expect(Endpoint.standard.url == "http://localhost:4318/v1/metrics")
        #expect(Endpoint(base: "http://localhost")?.url == "http://localhost/v1/metrics")
    }

    @Test(arguments: [
        "", " ", "c", "c:4318", "/v1/metrics", "//c", "http", "http:", "http:/", "http://",
        "http:///path", "http://:4318", "http://:4318/x", "ftp://c", "file:///etc/passwd",
        "grpc://c", "http//c", "http:c", "http://c:0", "http://c:65536",
        "http://c:-1", "http://c:+80", "http://c:8o", "http://c:80:80", "http://c d",
        "http://c/\r\nX: y", "http://c\u{0}", "http://c\u{7F}", "http://[::1", "http://[::1]x",
        "http://[]", "http://[]:80", "http://u@", "http://u:p@:80",
        "http://a[b", "http://a]b", "http://a\"b", "http://a\\b", "http://<c>", "http://[::1;]",
        "http://[c]:80", "http://?x", "http://#x",
    ])
    func whatIsNoAbsoluteHTTPURLIsRefused(text: String) {
        #expect(Endpoint(exactly: text) == nil)
        #expect(Endpoint(base: text) == nil)
    }

    /// Of a socket the default path is that of metrics, since nothing else is there.
    @Test(arguments: [
        ("unix:///run/s", "http://localhost/v1/metrics", "http://localhost/v1/metrics"),
        ("unix:/run/s", "http://localhost/v1/metrics", "http://localhost/v1/metrics"),
        ("unix:///run/s:/", "http://localhost/", "http://localhost/v1/metrics"),
        ("unix:///run/s:/p", "http://localhost/p", "http://localhost/p/v1/metrics"),
        ("unix:///run/s:/p/?q=1#f", "http://localhost/p/?q=1", "http://localhost/p/v1/metrics"),
    ])
    func aSocketIsReachedByAURLOfThisMachine(text: String, exact: String, base: String) {
        #expect(Endpoint(exactly: text)?.url == exact)
        #expect(Endpoint(base: text)?.url == base)
        for endpoint in [Endpoint(exactly: text), Endpoint(base: text)] {
            #expect(endpoint?.unixSocketPath == "/run/s")
            #expect(endpoint?.serverAddress == "/run/s")
            #expect(endpoint?.serverPort == nil)
            #expect(endpoint?.isEncrypted == false)
        }
    }

    @Test(arguments: [
        ("unix:/run/s", "unix:///run/s:/v1/metrics"),
        ("unix:///run/s:/p?token=x", "unix:///run/s:/p"),
    ])
    func theDescriptionOfASocketIsAnEndpointAgain(text: String, description: String) {
        #expect(Endpoint(exactly: text)?.description == description)
        #expect(Endpoint(exactly: description)?.unixSocketPath == "/run/s")
    }

    @Test(arguments: [
        ("http://c", "c", 80), ("https://c/x", "c", 443), ("https://u:p@c:99", "c", 99),
        ("http://[2001:db8::1]:4318", "2001:db8::1", 4318), ("http://c:", "c", 80),
    ])
    func theServerHasAnAddressAndAPort(text: String, address: String, port: Int) {
        #expect(Endpoint(base: text)?.serverAddress == address)
        #expect(Endpoint(base: text)?.serverPort == port)
        #expect(Endpoint(base: text)?.isEncrypted == text.hasPrefix("https"))
        #expect(Endpoint(base: text)?.unixSocketPath == nil)
    }

    @Test(arguments: [
        "http://user:secret@c:1/path?token=secret#secret", "http://user:s@secret@c:1/path",
    ])
    func theDescriptionHoldsNoCredentials(text: String) {
        #expect(Endpoint(exactly: text)?.description == "http://c:1/path")
        let twice = Endpoint(exactly: "https://https://u:secret@c")
        #expect(twice?.description == "https://https://[redacted]@c")
        let inside = Endpoint(exactly: "http://c/http://u:secret@d")
        #expect(inside?.description == "http://c/http://[redacted]@d")
        #expect(Endpoint(base: text)?.description == "http://c:1/path/v1/metrics")
    }
}
