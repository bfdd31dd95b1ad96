import TestSupport
import Testing

@testable import Instruments

@Suite struct AttributeScratchSetTests {
    /// What a call's own memory gives is what the general path gives, whatever the order and
    /// however many keys are the same.
    @Test func theSetIsThatOfTheAttributes() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<2000 {
            let attributes = (0..<Int.random(in: 0...8, using: &random)).map { index in
                let key =
                    ["a", "b", "aa", "key", "k\u{0}", "ä"].randomElement(using: &random) ?? ""
                let values: [AttributeValue] = ["", "text", .int(Int64(index)), true, 0.5]
                return Attribute(key, values.randomElement(using: &random) ?? .empty)
            }
            let made = withUnsafeTemporaryAllocation(
                byteCount: AttributeScratch.capacity, alignment: 8
            ) { memory -> AttributeSet? in
                guard let base = memory.baseAddress else { return nil }
                var scratch = AttributeScratch(base, seed: AttributeHash.seed)
                let isKept = attributes.allSatisfy { scratch.append($0.key, $0.value) }
                return isKept ? scratch.attributeSet : nil
            }
            let expected = AttributeSet(attributes)
            #expect(made == expected, "seed \(seed)")
            #expect(made?.attributeHash == expected.attributeHash, "seed \(seed)")
        }
    }
}
