import Testing

@testable import OTelEmitter

@Suite struct ProxySettingsTests {
    private func url(_ environment: [String: String], isSecure: Bool = false) -> String {
        ProxySettings(environment, isSecure: isSecure).url
    }

    @Test func schemeDecides() {
        let both = ["http_proxy": "a", "https_proxy": "b"]
        #expect(url(both) == "a")
        #expect(url(both, isSecure: true) == "b")
        #expect(url(["HTTPS_PROXY": "c"], isSecure: true) == "c")
        #expect(url(["https_proxy": "b", "HTTPS_PROXY": "c"], isSecure: true) == "b")
    }

    @Test func upperCaseOfHTTPDoesNotCount() {
        #expect(url(["HTTP_PROXY": "a"]) == "")
    }

    @Test func generalProxyIsTheLastChoice() {
        for name in ["all_proxy", "ALL_PROXY"] {
            #expect(url([name: "d"]) == "d")
            #expect(url([name: "d"], isSecure: true) == "d")
            #expect(url([name: "d", "http_proxy": "a"]) == "a")
        }
    }

    @Test func emptyCountsAsUnset() {
        #expect(url(["http_proxy": "", "all_proxy": "d"]) == "d")
        #expect(ProxySettings(["no_proxy": "", "NO_PROXY": "x"], isSecure: true).exceptions == "x")
        #expect(ProxySettings.none.url == "" && ProxySettings.none.exceptions == "")
    }

    @Test(arguments: [
        ("http://u:p@gate.test:3128/", "u:p", "gate.test port 3128"),
        ("gate.test", "", "gate.test port 1080"), ("https://gate.test", "", "gate.test port 443"),
        ("socks5://[::1]:9", "", "::1 port 9"), ("u@gate.test:8", "u", "gate.test port 8"),
        ("http://[::1]", "", "::1 port 1080"), ("", "", " port 1080"),
    ])
    func partsAreFound(text: String, credentials: String, place: String) {
        let settings = ProxySettings(["http_proxy": text], isSecure: false)
        #expect(settings.credentials == credentials)
        #expect(settings.place == place)
    }
}
