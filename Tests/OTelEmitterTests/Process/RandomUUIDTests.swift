import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct RandomUUIDTests {
    struct Constant: RandomNumberGenerator {
        let value: UInt64
        func next() -> UInt64 { value }
    }

    @Test(arguments: [
        (UInt64(0), "00000000-0000-4000-8000-000000000000"),
        (UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
    ])
    func versionAndVariantAreSet(bits: UInt64, expected: String) {
        var random = Constant(value: bits)
        #expect(RandomUUID.make(using: &random) == expected)
    }

    @Test func everyOneIsAUUIDToFoundationAndNoneComesTwice() {
        let seed: UInt64 = 21
        var random = SeededRandom(seed: seed)
        let all = (0..<1000).map { _ in RandomUUID.make(using: &random) }
        #expect(Set(all).count == 1000, "seed \(seed)")
        for text in all {
            #expect(UUID(uuidString: text)?.uuidString.lowercased() == text, "seed \(seed)")
        }
    }
}
