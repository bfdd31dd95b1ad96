import Testing

@testable import OTelEmitter

@Suite struct SecretsRequestTests {
    private func hidden(
        _ text: String, header: String = "", url: String = "http://h/", credentials: String = ""
    ) -> String {
        let headers = [HTTPHeader("k", header)].compactMap { $0 }
        return Secrets(headers: headers, url: url, credentials: [credentials]).hidden(in: text)
    }

    @Test func headersAreHiddenWithAndWithoutTheirScheme() {
        #expect(hidden("k: Bearer abc.def!", header: "Bearer abc.def") == "k: ***!")
        #expect(hidden("no token abc.def", header: "Bearer  abc.def ") == "no token ***")
        #expect(hidden("a key", header: " a key ") == "***")
        #expect(hidden("Bearer of news", header: "Bearer abc") == "Bearer of news")
        // user:s3cr3t
        let basic = "Basic dXNlcjpzM2NyM3Q="
        #expect(hidden("dXNlcjpzM2NyM3Q= is s3cr3t", header: basic) == "*** is ***")
    }

    @Test(arguments: [
        ("sid=SECRET", "unknown SECRET"), ("Token token=SECRET", "unknown SECRET"),
        ("Token token=\"SECRET\", app=x", "unknown SECRET"),
        ("a=b; session = SECRET ; c=d", "unknown SECRET"), ("one,SECRET", "unknown SECRET"),
        ("sid=SECRET==", "unknown SECRET"), ("sid=ab=SECRET", "unknown ab=SECRET"),
        ("SECRET==", "unknown SECRET"), ("k=v;SECRET", "unknown SECRET"),
    ])
    func partsOfHeadersAreHidden(header: String, text: String) {
        #expect(!hidden(text, header: header).contains("SECRET"))
        #expect(hidden(text, header: header).hasPrefix("unknown "))
    }

    @Test func shortPartsLeaveTextsAlone() {
        #expect(hidden("a token of sid 1234", header: "sid=1234; token=a") == "a token of sid 1234")
    }

    @Test func credentialsAreHiddenInEachForm() {
        let text = "us%40r:p%2Fw1 us@r:p/w1 us@r p/w1 p%2Fw1 dXNAcjpwL3cx"
        #expect(hidden(text, credentials: "us%40r:p%2Fw1") == "*** *** *** *** *** ***")
        #expect(hidden("token dG9rZW46", credentials: "token") == "*** ***")
    }

    @Test func usersMayBeSparedWhereTheyHaveAPassword() {
        func hidden(_ text: String, _ credentials: String) -> String {
            Secrets(headers: [], url: "", credentials: [credentials], hidesUsers: false)
                .hidden(in: text)
        }
        #expect(hidden("user of user:s3cr3t, s3cr3t", "user:s3cr3t") == "user of ***, ***")
        #expect(hidden("t0ken", "t0ken") == "***")
        #expect(hidden("t0ken", "t0ken:") == "***")
    }

    @Test func valuesOfTheQueryAreHidden() {
        let url = "http://h/v1/metrics?api-key=a%20b%20c&x=1&SECRET&empty=&y=z=z"
        #expect(hidden("a b c, a%20b%20c, SECRET, z=z, 1", url: url) == "***, ***, ***, ***, 1")
        #expect(hidden("v1/metrics", url: url) == "v1/metrics")
        #expect(hidden("v1/metrics", url: "http://h/v1/metrics") == "v1/metrics")
    }
}
