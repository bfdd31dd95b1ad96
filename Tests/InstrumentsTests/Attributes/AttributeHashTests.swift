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

    /// Values of which one half would be a zero factor if only public constants were mixed in.
    private static let prepared: [(name: String, make: @Sendable (UInt64) -> [UInt8])] = [
        ("the second word cancels the length of 16", { words($0, 16) }),
        ("the second word cancels the length of 12", { Array(words($0, 0)[..<4]) + words(12) }),
        ("the second word is zero", { words($0, 0) }),
        ("the first word is a known constant", { words(0xE703_7ED1_A0B4_28DB, $0) }),
        ("the first word is another known constant", { words(0xA076_1D64_78BD_642F, $0) }),
        ("the last of three words is zero", { words($0, $0, 0) }),
    ]

    private static func words(_ words: UInt64...) -> [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }

    @Test(arguments: prepared.indices) func preparedValuesDoNotCollide(kind: Int) {
        let (name, make) = Self.prepared[kind]
        let values = (1...1000).map { AttributeValue.bytes(make($0 &* 0x9E37_79B9)) }
        #expect(Set(values).count == 1000)
        #expect(Set(values.map { hash([Attribute("k", $0)]) }).count == 1000, "\(name)")
    }

    @Test func preparedTextsAreFoundAndCountedByTheirHashes() {
        let provider = MeterProvider.make(cardinalityLimit: 10)
        let counter = provider.meter("m").counter("c")
        let texts = (UInt64(1)...500).map { number in
            let word = 0x4141_4141_4141_0000 | (number % 100) << 8 | number / 100
            return String(decoding: Self.words(word, 16), as: UTF8.self)
        }
        #expect(Set(texts).count == 500)
        for _ in 0..<2 { for text in texts { counter.add(1, "k", text) } }
        let overflow = provider.cardinalityOverflows.first
        // All but the ten that have a series, within five standard errors: the seed is a new one in
        // each process.
        #expect(overflow.map { (330...650).contains($0.refusedSets) } == true, "\(overflow)")
        #expect(provider.collected("c")?.value(["k": .string(texts[9])]) == .int(2))
    }

    @Test func theSeedDecides() {
        let bytes = AttributeBytes.encode([Attribute("a", "1"), Attribute("b", 2)])
        let hashes = (0..<100 as Range<UInt64>).map { number in
            bytes.withUnsafeBytes {
                AttributeHash.of($0, seed: .init(left: number, right: number &* 7))
            }
        }
        #expect(Set(hashes).count == 100)
    }
}
