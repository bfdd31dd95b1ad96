import Testing

@testable import Instruments

@Suite struct StringBytesTests {
    private static let sorted = [
        "", "\u{0}", "\u{0}a", "A", "B", "a", "a\u{0}", "aa", "b", "e\u{301}", "é", "\u{FFFD}", "😀",
    ]

    @Test func textsAreOrderedByTheirBytes() {
        for (place, left) in Self.sorted.enumerated() {
            for (other, right) in Self.sorted.enumerated() {
                #expect(left.precedes(right) == (place < other))
                #expect(left.isSame(as: right) == (place == other))
                #expect((left.order(to: right) == 0) == (place == other))
            }
        }
    }

    @Test func longTextsThatDifferAtTheEndAreToldApart() {
        let text = String(repeating: "x", count: 10_000)
        #expect((text + "a").precedes(text + "b"))
        #expect(text.precedes(text + "a"))
        #expect(!(text + "a").isSame(as: text + "b"))
    }
}
