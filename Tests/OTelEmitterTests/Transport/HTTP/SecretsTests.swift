import Testing

@testable import OTelEmitter

@Suite struct SecretsTests {
    @Test func secretsAreHiddenTheLongestFirst() {
        let secrets = Secrets(["abc", "abcdef", "", "user:pass"])
        #expect(secrets.hidden(in: "x abcdef abc user:pass y") == "x *** *** *** y")
        #expect(Secrets([]).hidden(in: "abc") == "abc")
    }

    @Test func veryShortOnesLeaveTextsAlone() {
        let text = "the collector answers 401 (1 tenant)"
        #expect(Secrets(["1", "e", "te"]).hidden(in: text) == text)
    }

    @Test func whatIsJoinedToASecretDoesNotSaveIt() {
        #expect(Secrets(["s3cr3t"]).hidden(in: "s3cr3t\u{301}") == "***\u{301}")
        #expect(Secrets(["s3cr3é"]).hidden(in: "«s3cr3é»") == "«***»")
    }

    @Test func whatMayBeginASecretAtTheEndOfACutTextIsLeftOut() {
        let secrets = Secrets(["abcdef", "xyz"])
        #expect(secrets.hidden(in: "one abcdef two abcde", isCut: true) == "one *** two ")
        #expect(secrets.hidden(in: "one two three", isCut: true) == "one two ")
        #expect(secrets.hidden(in: "abc", isCut: true) == "")
        #expect(Secrets([]).hidden(in: "abc", isCut: true) == "abc")
    }
}
