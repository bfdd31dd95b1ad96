import Testing

@testable import Instruments

@Suite struct AttributeSetOrderTests {
    private static let sorted: [AttributeSet] = [
        .empty,
        ["a": .empty], ["a": false], ["a": true],
        ["a": .int(.min)], ["a": -1], ["a": 0], ["a": 0, "b": 1], ["a": .int(.max)],
        ["a": .double(-.infinity)], ["a": -1.5], ["a": .double(-0.0)], ["a": 0.0], ["a": 1e300],
        ["a": .double(.nan)],
        ["a": ""], ["a": "x"], ["a": "x", "c": 1], ["a": "xx"], ["a": "y"],
        ["a": .bytes([])], ["a": .bytes([0])], ["a": .bytes([0, 1])], ["a": .bytes([255])],
        ["a": .array([])], ["a": .array([1])], ["a": .array([1, 1])], ["a": .array(["1"])],
        ["a": .map([])], ["a": .map([Attribute("k", 1)])], ["a": .map([Attribute("l", 0)])],
        ["aa": 0], ["b": 0], ["é": 0],
    ]

    @Test func setsAreOrderedByKeysThenKindsThenValues() {
        for (place, left) in Self.sorted.enumerated() {
            for (other, right) in Self.sorted.enumerated() {
                #expect(left.precedes(right) == (place < other), "\(left) \(right)")
            }
        }
    }
}
