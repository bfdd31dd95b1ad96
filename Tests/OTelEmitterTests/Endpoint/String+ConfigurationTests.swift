import Testing

@testable import OTelEmitter

@Suite struct StringConfigurationTests {
    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("%41", "A"), ("a%20b", "a b"), ("%c3%A9", "é"), ("%25", "%"),
        ("%2C%3D", ",="), ("+", "+"), ("é%41", "éA"), ("%F0%9F%98%80", "😀"), ("%00", "\u{0}"),
    ])
    func percentEncodedBytesAreDecoded(text: String, decoded: String) {
        #expect(text.percentDecoded == decoded)
    }

    @Test(arguments: [
        "%", "%4", "%G1", "%1G", "a%", "%%41", "%+1", "%-1", "%C3", "%FF", "%ED%A0%80",
    ])
    func malformedPercentEncodingIsRefused(text: String) {
        #expect(text.percentDecoded == nil)
    }
}
