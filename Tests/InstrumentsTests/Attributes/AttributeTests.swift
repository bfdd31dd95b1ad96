import Testing

@testable import Instruments

@Suite struct AttributeTests {
    private static let signalling = Double(nan: 1, signaling: true)

    @Test(arguments: [
        AttributeValue.string(""), "a", true, false, 0, 1, -1, 0.0, 1.5, .double(.nan),
        .double(-0.0), .double(signalling), .bytes([]), .bytes([0]), .array([]), .array([1]),
        .array([.array([])]), .map([]), .map([Attribute("k", 1)]), .empty,
    ])
    func everyValueEqualsItselfAndIsFoundAgain(value: AttributeValue) {
        #expect(value == value)
        #expect(Set([value]).contains(value))
    }

    @Test func valuesOfDifferentKindsOrBitsAreDifferent() {
        let values: [AttributeValue] = [
            "", "1", "a", "A", "e\u{301}", "\u{E9}", true, false, 0, 1, 0.0, 1.0,
            .double(-0.0), .double(.nan), .double(-.nan), .double(Self.signalling), .bytes([]),
            .bytes([1]), .array([]), .array([1]), .array([1.0]), .map([]),
            .map([Attribute("a", 1)]), .map([Attribute("a", 2)]), .empty,
        ]
        #expect(Set(values).count == values.count)
        for (left, leftValue) in values.enumerated() {
            for (right, rightValue) in values.enumerated() {
                #expect((leftValue == rightValue) == (left == right))
            }
        }
    }

    @Test func literalsMakeTheKindThatTheyLookLike() {
        #expect(("x" as AttributeValue) == .string("x"))
        #expect(("x\(1)" as AttributeValue) == .string("x1"))
        #expect((1 as AttributeValue) == .int(1))
        #expect((1.0 as AttributeValue) == .double(1))
        #expect((true as AttributeValue) == .bool(true))
    }

    @Test func keysAreComparedByteByByte() {
        #expect(Attribute("k", 1) == Attribute("k", 1))
        #expect(Attribute("k", 1) != Attribute("K", 1))
        #expect(Attribute("e\u{301}", 1) != Attribute("\u{E9}", 1))
        #expect(Set([Attribute("e\u{301}", 1), Attribute("\u{E9}", 1)]).count == 2)
    }

    @Test func keyAndValueAreNotConfusedInHashes() {
        let values: Set = [Attribute("ab", "c"), Attribute("a", "bc"), Attribute("abc", "")]
        #expect(values.count == 3)
    }
}
