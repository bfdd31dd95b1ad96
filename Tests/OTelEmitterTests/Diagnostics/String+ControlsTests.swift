import Testing

@testable import OTelEmitter

@Suite struct StringControlsTests {
    @Test(arguments: [
        ("", ""), ("plain \"ü\" 漢", "plain \"ü\" 漢"),
        ("a\nb\r\u{1B}[2Jc\u{7F}\u{9B}d\0", "a b  [2Jc  d "),
    ])
    func controlCharactersAreSpaces(text: String, expected: String) {
        #expect(text.withoutControls == expected)
    }
}
