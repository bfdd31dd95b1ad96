import Testing

@testable import OTelEmitter

@Suite struct SecretsTests {
    @Test func secretsAreHiddenTheLongestFirst() {
        let secrets = Secrets(["abc", "abcdef", "", "user:pass"])
        #expect(secrets.hidden(in: "x abcdef abc user:pass y") == "x *** *** *** y")
        #expect(Secrets([]).hidden(in: "abc") == "abc")
    }
}
