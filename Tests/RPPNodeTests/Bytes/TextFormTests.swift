import Testing

@testable import rpp_node

struct TextFormTests {
    @Test func base58KnownVectors() {
        #expect(Base58.encode(Array("Hello World!".utf8)) == "2NEpo7TZRRrLZSi2U")
        #expect(Base58.encode([0, 0, 0x28, 0x7f, 0xb4, 0xcd]) == "11233QC4")
        #expect(Base58.encode([]) == "")
    }

    @Test func crcKnownVector() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    }

    @Test func hexadecimalHasTwoDigitsForEachByte() {
        #expect(Hexadecimal.encode([0, 0x0f, 0xa0, 0xff]) == "000fa0ff")
    }

    @Test func readerRefusesWhatIsMissingAndWhatIsLeftOver() throws {
        var reader = ByteReader([1, 2, 3, 4, 5])
        #expect(try reader.readUInt32() == 0x0102_0304)
        #expect(throws: DecodingFailure.trailingBytes) { try reader.finish() }
        #expect(throws: DecodingFailure.truncated) { try reader.readUInt64() }
    }

    @Test func peerIDLooksLikeOneAndFollowsTheSeed() {
        let id = NodeIdentity.peerID(seed: 1, validator: 0)
        #expect(id.hasPrefix("12D3KooW"))
        #expect(id.count == 52)
        #expect(id == NodeIdentity.peerID(seed: 1, validator: 0))
        #expect(id != NodeIdentity.peerID(seed: 2, validator: 0))
        #expect(id != NodeIdentity.peerID(seed: 1, validator: 1))
    }
}
