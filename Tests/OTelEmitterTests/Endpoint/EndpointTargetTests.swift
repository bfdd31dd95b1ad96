import Testing

@testable import OTelEmitter

@Suite struct EndpointTargetTests {
    private func target(_ url: String) throws -> EndpointTarget {
        EndpointTarget(try #require(Endpoint(exactly: url)))
    }

    @Test(arguments: [
        ("http://a.test/x", "a.test", 80), ("https://a.test", "a.test", 443),
        ("http://a.test:4318/v1/metrics?x=y:9", "a.test", 4318), ("http://a.test:/", "a.test", 80),
        ("http://127.0.0.1:99", "127.0.0.1", 99), ("http://[::1]:99/", "::1", 99),
        ("https://[fe80::1]/", "fe80::1", 443), ("http://u:p@h@a.test:5/x@y", "a.test", 5),
    ])
    func hostAndPortAreFound(url: String, host: String, port: Int) throws {
        let target = try target(url)
        #expect(target.host == host && target.port == port)
        #expect(target.isSecure == url.hasPrefix("https"))
    }

    @Test func credentialsAreFound() throws {
        #expect(try target("http://user:p%40ss@a.test/").credentials == "user:p%40ss")
        #expect(try target("http://a.test/x@y").credentials == "")
    }

    @Test func addressesNeedNoResolver() throws {
        for host in ["127.0.0.1", "[::1]", "localhost", "LOCALHOST", "10.1.2.3"] {
            #expect(try target("http://\(host):1/").isAddress, "\(host)")
        }
        for host in ["a.test", "127.0.0.1.test", "localhost.test", "1.2.3"] {
            #expect(try !target("http://\(host):1/").isAddress, "\(host)")
        }
    }
}
