import TestSupport
import Testing

@testable import Instruments

@Suite struct AttributeSetCanonicalTests {
    private func nested(_ depth: Int) -> AttributeValue {
        (0..<depth).reduce(.int(7)) { value, level in
            level % 2 == 0 ? .array([value]) : .map([Attribute("k", value)])
        }
    }

    @Test func valuesAreKeptUpToTheDepthAndLeftEmptyBelow() {
        let limit = AttributeValue.maximumDepth
        let kept: AttributeSet = ["k": nested(limit)]
        #expect(kept["k"] == nested(limit))
        let cut: AttributeSet = ["k": nested(limit + 1)]
        #expect(cut["k"] != nested(limit + 1))
        #expect(cut.attributes.count == 1)
        let far: AttributeSet = ["k": nested(2000)]
        #expect(far["k"] != .empty)
    }

    @Test func whatIsInOrderIsTakenAsItIs() {
        #expect(AttributeSet.isCanonical([]))
        #expect(AttributeSet.isCanonical([Attribute("a", 1), Attribute("aa", "x")]))
        #expect(!AttributeSet.isCanonical([Attribute("aa", 1), Attribute("a", 1)]))
        #expect(!AttributeSet.isCanonical([Attribute("a", 1), Attribute("a", 1)]))
        #expect(!AttributeSet.isCanonical([Attribute("", 1)]))
        #expect(!AttributeSet.isCanonical([Attribute("a", .map([]))]))
    }

    /// Ten thousand attributes in every order, half of them twice, in less than a moment.
    @Test func manyAttributesAreSortedAndTheLastOfEqualKeysStays() {
        var random = SeededRandom(seed: 3)
        let all = (0..<10_000).map { Attribute("k\($0 % 5000)", .int(Int64($0))) }
        let last = Dictionary(all.map { ($0.key, $0.value) }) { $1 }
        let set = AttributeSet(all)
        #expect(set.attributes.count == 5000)
        #expect(set.attributes.allSatisfy { last[$0.key] == $0.value })
        #expect(AttributeSet(set.attributes.shuffled(using: &random)) == set)
    }
}
