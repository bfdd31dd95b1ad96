import TestSupport
import Testing

@testable import Instruments

@Suite struct AttributeHashTests {
    private func hash(_ attributes: [Attribute]) -> UInt64 {
        AttributeBytes.encode(attributes).withUnsafeBytes { AttributeHash.of($0) }
    }

    @Test func theOrderDoesNotMatter() {
        let attributes = [Attribute("a", "1"), Attribute("b", 2), Attribute("c", true)]
        #expect(hash(attributes) == hash(attributes.reversed()))
        #expect(hash(attributes) != hash(Array(attributes.dropLast())))
    }

    @Test func neighbouringSetsRarelyShareTheirLowBits() {
        let slots = 4096
        let used = Set(
            (0..<slots).map { index in
                hash([Attribute("http.route", .string("/api/v1/resource/\(index)"))])
                    % UInt64(slots)
            })
        // A random function hits 63 % of the slots; a poor one far fewer.
        #expect(used.count > slots / 2)
    }
}
