import Testing

@testable import Instruments

@Suite struct AttributeSetInPlaceTests {
    @Test func attributesAreReadWhereTheyStand() {
        let set: AttributeSet = [
            "b": 7, "a": "é", "aa": "", "c": .array(["x", 1]), "d": .map([Attribute("k", true)]),
            "e": .empty, "f": 0.5, "g": false, "h": .bytes([1, 2]),
        ]
        var list: [AttributeInPlace] = []
        set.readInPlace(into: &list)
        let keys = list.map { String(decoding: $0.key, as: UTF8.self) }
        #expect(keys == set.attributes.map(\.key))
        #expect(list.map(\.value) == set.attributes.map(\.value))
        let strings = list.map { $0.string.map { String(decoding: $0, as: UTF8.self) } }
        #expect(strings == ["é", ""] + [String?](repeating: nil, count: 7))
        withExtendedLifetime(set) {}
    }

    @Test func theListIsReplaced() {
        var list: [AttributeInPlace] = []
        let (set, empty): (AttributeSet, AttributeSet) = (["a": 1], [:])
        set.readInPlace(into: &list)
        #expect(list.count == 1)
        empty.readInPlace(into: &list)
        #expect(list.isEmpty)
        withExtendedLifetime(set) {}
    }
}
