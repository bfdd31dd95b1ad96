import TestSupport
import Testing

@testable import Instruments

@Suite struct AttributeSetTests {
    private func make(_ pairs: [(String, AttributeValue)] = [("a", 1), ("b", "x")])
        -> AttributeSet
    {
        AttributeSet(pairs.map { Attribute($0.0, $0.1) })
    }

    @Test func theOrderOfAttributesDoesNotMatter() {
        let seed: UInt64 = 7
        var random = SeededRandom(seed: seed)
        let pairs = (0..<8).map { ("k\($0)", AttributeValue.int(Int64($0))) }
        let expected = make(pairs)
        for _ in 0..<100 {
            let shuffled = make(pairs.shuffled(using: &random))
            #expect(shuffled == expected, "seed \(seed)")
            #expect(shuffled.hashValue == expected.hashValue, "seed \(seed)")
            #expect(shuffled.attributes == expected.attributes, "seed \(seed)")
        }
    }

    @Test func ofDuplicatesTheLastWins() {
        let set = make([("a", 1), ("b", 2), ("a", "three"), ("a", 4), ("b", .empty)])
        #expect(set.attributes == [Attribute("a", 4), Attribute("b", .empty)])
    }

    @Test func ofDuplicatesInALiteralTheLastWins() {
        let set: AttributeSet = ["a": 1, "a": 2]
        #expect(set.attributes == [Attribute("a", 2)])
    }

    @Test func attributesWithAnEmptyKeyAreLeftOut() {
        #expect(make([("", 1), ("a", 2), ("", 3)]).attributes == [Attribute("a", 2)])
        #expect(make([("", 1)]) == .empty)
        #expect(make([("", 1)]).isEmpty)
    }

    @Test func emptyValuesAreKept() {
        let set = make([("a", ""), ("b", .empty), ("c", .array([])), ("d", .map([]))])
        #expect(set.attributes.count == 4)
    }

    @Test func unicodeFormsAreDifferentKeys() {
        let set = make([("e\u{301}", 1), ("\u{E9}", 2)])
        #expect(set.attributes.count == 2)
        #expect(set["e\u{301}"] == 1)
        #expect(set["\u{E9}"] == 2)
        #expect(make([("e\u{301}", 1)]) != make([("\u{E9}", 1)]))
        #expect(make([("e\u{301}", 1)])["\u{E9}"] == nil)
    }

    @Test func keysAreSortedByTheirBytes() {
        let set = make([
            ("b", 1), ("a", 1), ("ä", 1), ("B", 1), ("aa", 1), ("😀", 1), ("\u{FFFD}", 1),
        ])
        #expect(set.attributes.map(\.key) == ["B", "a", "aa", "b", "ä", "\u{FFFD}", "😀"])
    }

    @Test func aKeyThatIsMissingHasNoValue() {
        #expect(make()["a"] == 1)
        #expect(make()["c"] == nil)
        #expect(AttributeSet.empty["a"] == nil)
    }

    @Test func differentSetsAreDifferent() {
        let sets: Set<AttributeSet> = [
            .empty, make([("a", 1)]), make([("a", 2)]), make([("a", 1.0)]), make([("b", 1)]),
            make(), make([("a", .double(.nan))]), make([("a", .double(-0.0))]),
            make([("a", 0.0)]),
        ]
        #expect(sets.count == 9)
        #expect(sets.contains(make([("a", .double(.nan))])))
    }

    @Test func mapsInsideAreCanonicalToo() {
        let one = make([("m", .map([Attribute("x", 1), Attribute("y", 2)]))])
        let two = make([
            (
                "m",
                .map([Attribute("y", 2), Attribute("x", 0), Attribute("", 3), Attribute("x", 1)])
            )
        ])
        #expect(one == two)
        let nested = AttributeValue.array([.map([Attribute("y", 2), Attribute("x", 1)])])
        #expect(make([("l", nested)])["l"] == .array([one["m"] ?? .empty]))
    }

    @Test func theRenderingIsWrittenOnceAndDoesNotCount() {
        let set = make()
        #expect(set.rendering(7) == nil)
        let first = [1].withUnsafeBytes { RenderedBytes.copying($0, 7) }
        #expect(set.keepRendering(first) === first)
        #expect(set.keepRendering([2].withUnsafeBytes { RenderedBytes.copying($0, 7) }) === first)
        #expect(set.rendering(7) === first)
        #expect(set == make())
        #expect(set.hashValue == make().hashValue)
    }

    @Test func aRenderingOfAnotherFormatIsNotFoundAndNotReplaced() {
        let set = make()
        let first = [1].withUnsafeBytes { RenderedBytes.copying($0, 7) }
        let second = [2].withUnsafeBytes { RenderedBytes.copying($0, 8) }
        #expect(set.keepRendering(first) === first)
        #expect(set.rendering(8) == nil)
        #expect(set.renderingInPlace(8) == nil)
        #expect(set.keepRendering(second) === second)
        #expect(set.rendering(8) == nil)
        #expect(set.rendering(7) === first)
        #expect(set.renderingInPlace(7).map { Array($0) } == first.withBytes { Array($0) })
    }

    /// D2: the time for a set grows with its size, not with its square: that would take minutes.
    @Test func aSetOfVeryManyAttributesIsMadeInAnyOrder() {
        let seed: UInt64 = 12
        var random = SeededRandom(seed: seed)
        let rising = (0..<10_000).map { Attribute("key\($0)", .int(Int64($0))) }
        let set = AttributeSet(rising)
        #expect(set.attributes.count == 10_000)
        #expect(set == AttributeSet(rising.reversed()))
        #expect(set == AttributeSet(rising.shuffled(using: &random)), "seed \(seed)")
        let twice = rising.map { Attribute($0.key, "lost") } + rising.reversed()
        #expect(set == AttributeSet(twice))
    }

    /// Official decoders take a hundred nested messages; a value beyond would cost the whole batch.
    @Test func whatIsNestedTooDeepIsEmpty() throws {
        func nested(_ levels: Int, _ wrap: (AttributeValue) -> AttributeValue) -> AttributeValue {
            (0..<levels).reduce(7) { value, _ in wrap(value) }
        }
        func levels(_ value: AttributeValue?) -> (Int, AttributeValue?) {
            var (count, value) = (0, value)
            while true {
                switch value {
                case .array(let values)?: value = values.first
                case .map(let attributes)?: value = attributes.first?.value
                default: return (count, value)
                }
                count += 1
            }
        }
        for wrap in [{ AttributeValue.array([$0]) }, { .map([Attribute("k", $0)]) }] {
            for depth in [0, 1, 23, 24] {
                let set = AttributeSet([Attribute("a", nested(depth, wrap))])
                #expect(levels(set["a"]) == (depth, 7))
            }
            for depth in [25, 26, 2000] {
                let set = AttributeSet([Attribute("a", nested(depth, wrap))])
                #expect(levels(set["a"]) == (24, .empty))
                #expect(set == AttributeSet(set.attributes))
            }
        }
    }
}
