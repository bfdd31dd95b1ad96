import TestSupport
import Testing

@testable import Instruments

@Suite struct AttributeBytesTests {
    @Test func randomAttributesComeBackAsTheyWere() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            let snapshot = RandomSnapshot.make(seed: random.next())
            let attributes = snapshot.resource.attributes.attributes
            let bytes = AttributeBytes.encode(attributes)
            let decoded = bytes.withUnsafeBytes { AttributeBytes.decode($0) }
            #expect(decoded == attributes, "seed \(seed)")
        }
    }

    @Test func differentAttributesHaveDifferentBytes() {
        let values: [AttributeValue] = [
            .empty, true, false, 0, 1, 0.0, .double(-0.0), "", "0", "\u{0}", .bytes([]),
            .bytes([0]),
            .array([]), .array([.empty]), .array([.array([])]), .map([]),
            .map([Attribute("", .empty)]),
        ]
        let encoded = Set(values.map { AttributeBytes.encode([Attribute("k", $0)]) })
        #expect(encoded.count == values.count)
        #expect(
            AttributeBytes.encode([Attribute("ab", "c")])
                != AttributeBytes.encode([Attribute("a", "bc")]))
    }

    @Test func truncatedBytesAreReadWithoutATrap() {
        let attributes = [
            Attribute("key", "value"), Attribute("list", .array([1, "two", .map([])])),
        ]
        let bytes = AttributeBytes.encode(attributes)
        let first = AttributeBytes.size([attributes[0]])
        for length in 0...bytes.count {
            let decoded = Array(bytes.prefix(length)).withUnsafeBytes { AttributeBytes.decode($0) }
            let whole = length == bytes.count ? 2 : length >= first ? 1 : 0
            #expect(decoded.prefix(whole) == attributes.prefix(whole), "\(length)")
            #expect(decoded.count <= whole + 1, "\(length)")
        }
    }
}
