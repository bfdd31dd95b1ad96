import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolChecksumTests {
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        var checksum = SpoolChecksum()
        bytes.withUnsafeBytes { checksum.update($0) }
        return checksum.value
    }

    /// RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
    @Test func valuesAreThoseOfTheStandard() {
        #expect(checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(checksum(Array(0..<32)) == 0x46DD_794E)
        #expect(checksum((0..<32).reversed()) == 0x113F_DB5C)
        #expect(checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(checksum([]) == 0)
    }

    @Test func partsGiveTheSameAsTheWhole() {
        let seed: UInt64 = 3720
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let bytes = random.list(0...200) { UInt8(truncatingIfNeeded: $0.next()) }
            var parts = SpoolChecksum()
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 0...20, using: &random))
                part.withUnsafeBytes { parts.update($0) }
                rest = rest.dropFirst(part.count)
            }
            #expect(parts.value == checksum(bytes), "seed \(seed)")
        }
    }

    @Test func everyFlippedBitIsSeen() {
        let bytes = [UInt8](repeating: 0x5A, count: 100)
        let whole = checksum(bytes)
        for bit in 0..<800 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(checksum(damaged) != whole)
        }
    }
}
