import Testing

@testable import OTelEmitter

@Suite struct RedactionTests {
    @Test(arguments: [
        ("api.token", "x"), ("DB_PASSWORD", "x"), ("client-secret", "x"), ("Authorization", "x"),
        ("x-api-key", "x"), ("apiKey", "x"), ("set-cookie", "x"), ("k", "Bearer abc"),
        ("k", "basic dXNlcjpw"), ("k", "eyJhbGciOi"), ("k", "ghp_abc"), ("k", "AKIA123"),
        ("k", "-----BEGIN PRIVATE KEY-----"),
    ])
    func secretsAreNotShown(name: String, value: String) {
        #expect(Redaction.shown(value, of: name) == Redaction.mark)
    }

    @Test(arguments: [
        ("service.name", "shop"), ("deployment.environment", "production"), ("k", ""),
        ("url", "https://c/x?y@z"), ("mail", "a@b.example"), ("k", "://"), ("k", "a://b://c"),
    ])
    func everythingElseIsShownAsItIs(name: String, value: String) {
        #expect(Redaction.shown(value, of: name) == value)
    }

    @Test(arguments: [
        ("http://u:p@c:1/x", "http://[redacted]@c:1/x"),
        (
            "a http://u@b@c, https://v:w@d?e@f http://g/@h",
            "a http://[redacted]@c, https://[redacted]@d?e@f http://g/@h"
        ),
        ("://u:p@", "://[redacted]@"), ("https://https://u:p@c", "https://https://[redacted]@c"),
    ])
    func credentialsOfURLsAreLeftOut(value: String, shown: String) {
        #expect(Redaction.shown(value, of: "k") == shown)
    }

    @Test(arguments: [
        ("https://h:1/v1/metrics?api-key=x#y", "https://h:1/v1/metrics"),
        ("https://u:p@w@h/v1", "https://h/v1"), ("//u@h/@x", "//h/@x"), ("/v1?k=x", "/v1"),
        ("https://h", "https://h"), ("", ""), ("u@h", "u@h"), ("https://u:p@h?k=x", "https://h"),
    ])
    func aPlaceHasNeitherCredentialsNorQuery(url: String, place: String) {
        #expect(Redaction.place(url) == place)
    }
}
