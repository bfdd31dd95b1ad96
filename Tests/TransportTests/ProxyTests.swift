import TestSupport
import Testing

@testable import OTelEmitter

/// Proxies by libcurl's rules (R11, B24).
@Suite struct ProxyTests {
    private func proxy(_ server: ScriptedCollector) -> String { "http://127.0.0.1:\(server.port)" }

    @Test func plainRequestsGoThroughTheProxy() throws {
        let server = try ScriptedCollector()
        let collector = try ScriptedCollector()
        var sender = try Sender.make(
            to: collector.endpoint, proxies: ["http_proxy": proxy(server)])
        #expect(sender.send().status == 200)
        #expect(server.requests.map(\.target) == [collector.endpoint])
        #expect(collector.connections == 0)
    }

    @Test(arguments: ["127.0.0.1", "*", "other.test, 127.0.0.0/8"])
    func exceptionsAreConnectedToDirectly(exceptions: String) throws {
        let server = try ScriptedCollector()
        let collector = try ScriptedCollector()
        var sender = try Sender.make(
            to: collector.endpoint,
            proxies: ["http_proxy": proxy(server), "no_proxy": exceptions])
        #expect(sender.send().status == 200)
        #expect(server.connections == 0 && collector.connections == 1)
    }

    @Test func proxyThatIsDownIsNamed() throws {
        let port = try HeldPort()
        let collector = try ScriptedCollector()
        var sender = try Sender.make(
            to: collector.endpoint, proxies: ["all_proxy": "http://127.0.0.1:\(port.number)"])
        let error = sender.send().error
        #expect(error?.kind == .proxy && error?.wasSent == false, "\(error?.text ?? "")")
        #expect(collector.connections == 0)
    }

    @Test func unknownProxyIsNamed() throws {
        var sender = try Sender.make(
            to: "http://127.0.0.1:1/", proxies: ["http_proxy": "http://gate.missing.test:3128"])
        let error = sender.send().error
        #expect(error?.kind == .proxy && error?.wasSent == false, "\(error?.text ?? "")")
        #expect(error?.text.contains("gate.missing.test") == true)
    }

    @Test func proxyThatWantsAPasswordIsNamedAndOursIsNotShown() throws {
        let server = try ScriptedCollector(otherwise: .answering(HTTPAnswer(407)))
        for scheme in ["http", "https"] {
            var sender = try Sender.make(
                to: "\(scheme)://collector.missing.test:4318/",
                proxies: ["all_proxy": "http://user:s3cr3t@127.0.0.1:\(server.port)"])
            let error = sender.send().error
            #expect(error?.kind == .proxy, "\(error?.text ?? "")")
            #expect(error?.text.contains("407") == true, "\(error?.text ?? "")")
            #expect(error?.text.contains("user and password") == true)
            #expect(error?.text.contains("s3cr3t") == false)
        }
        let targets = server.requests.map { "\($0.method) \($0.target)" }
        #expect(
            targets == [
                "POST http://collector.missing.test:4318/", "CONNECT collector.missing.test:4318",
            ])
    }

    @Test(arguments: [403, 502])
    func refusedTunnelIsNamed(status: Int) throws {
        let answer = HTTPAnswer(status, headers: [("Retry-After", "9")])
        let server = try ScriptedCollector(.answering(answer))
        var sender = try Sender.make(
            to: "https://collector.missing.test:4318/", proxies: ["https_proxy": proxy(server)])
        let error = sender.send().error
        #expect(error?.kind == .proxy && error?.wasSent == false, "\(error?.text ?? "")")
        #expect(error?.text.contains("\(status)") == true)
    }

    @Test func tunnelThatHangsOrBreaksIsTheProxysFault() throws {
        let server = try ScriptedCollector(.mute, otherwise: ConnectionScript(.readRequest))
        var sender = try Sender.make(
            to: "https://collector.missing.test:4318/", proxies: ["https_proxy": proxy(server)])
        for limit in [Duration.milliseconds(300), .seconds(20)] {
            let error = sender.send(within: limit).error
            #expect(error?.kind == .proxy && error?.wasSent == false, "\(error?.text ?? "")")
        }
    }

    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment))
    func secureRequestsGoThroughATunnelWhoseHeadersDoNotCount() throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority("authority", in: folder)
        let nginx = try Nginx(authority.issue("server", names: "DNS:collector.missing.test"))
        let established = "HTTP/1.1 200 Yes\r\nRetry-After: 9\r\nLocation: x\r\n\r\n"
        let server = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .write(Array(established.utf8)), .relay(to: nginx.port)))
        var options = TLSOptions()
        options.authoritiesPath = authority.certificate
        var sender = try Sender.make(
            to: "https://collector.missing.test:\(nginx.port)/", tls: options,
            proxies: ["HTTPS_PROXY": proxy(server)])
        for _ in 0..<2 {
            let response = sender.send().response
            #expect(response?.status == 200)
            #expect(response?.headers.retryAfter == nil && response?.headers.location == nil)
        }
        #expect(server.connections == 1)
        #expect(sender.transport.certificates.serverExpiry != nil)
    }
}
