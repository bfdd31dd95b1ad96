import Testing

@testable import Instruments

@Suite struct InstrumentNameTests {
    @Test(arguments: ["a", "Z", "a0", "a_b.c-d/e", "http.server.request.duration"])
    func namesOfTheSyntaxAreValid(name: String) {
        #expect(InstrumentName.isValid(name))
    }

    @Test(arguments: [
        "", "0a", "_a", ".a", "-a", "/a", " a", "a b", "a\u{0}", "a:b", "é", "aé", "a\n", "a\\",
    ])
    func otherNamesAreNot(name: String) {
        #expect(!InstrumentName.isValid(name))
    }

    @Test func aNameHas255BytesAtMost() {
        let longest = String(repeating: "a", count: 255)
        #expect(InstrumentName.isValid(longest))
        #expect(!InstrumentName.isValid(longest + "a"))
    }
}
