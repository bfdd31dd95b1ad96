import Testing

@testable import OTelEmitter

@Suite struct ExactTextTests {
    /// Equal to Swift, and two texts to everybody else.
    private static let composed = "caf\u{e9}"
    private static let decomposed = "cafe\u{301}"

    @Test func textsAreEqualByTheirBytes() {
        #expect(Self.composed == Self.decomposed)
        #expect(ExactText(Self.composed) != ExactText(Self.decomposed))
        #expect(ExactText("a") == ExactText("a"))
        let both: Set = [ExactText(Self.composed), ExactText(Self.decomposed)]
        #expect(both.count == 2)
        #expect(Set([ExactText("a"), ExactText("a")]).count == 1)
    }

    @Test func theyAreSortedByTheirBytes() {
        let texts = [
            "b", "", Self.composed, "a", Self.decomposed, "B", "aa", "\u{10000}", "\u{ff5e}",
        ]
        let sorted = texts.map(ExactText.init).sorted().map(\.text.utf8).map(Array.init)
        let bytes = texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(sorted == bytes)
    }
}
