import Testing

@testable import Instruments

@Suite struct ClosedAttributesTests {
    typealias Triple = AttributeTriple<Side, Colour, Side>

    @Test func anEnumIsCountedAndIndexedByCase() {
        #expect(Colour.count == 3)
        #expect(Colour.all.map(\.index) == [0, 1, 2])
        #expect(Colour.green.attributes == [Attribute("colour", "green")])
    }

    @Test func theSetAtEveryIndexHasThatIndex() {
        #expect(Triple.count == 12)
        #expect(Triple.all.map(\.index) == Array(0..<12))
        let pairs = AttributePair<Colour, Side>.all
        #expect(pairs.map(\.index) == Array(0..<6))
        #expect(Set(pairs.map { AttributeSet($0.attributes) }).count == 6)
    }

    @Test func aPairHasTheAttributesOfBoth() {
        let pair = AttributePair(Side.right, Colour.blue)
        #expect(AttributeSet(pair.attributes) == ["side": "r", "colour": "blue"])
    }
}
