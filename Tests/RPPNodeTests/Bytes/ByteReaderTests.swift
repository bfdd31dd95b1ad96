import Testing

@testable import rpp_node

struct ByteReaderTests {
    @Test func valuesAreReadBigEndianAndInTheirOrder() throws {
        var reader = ByteReader([9, 1, 2, 3, 4, 0xFF, 0, 0, 0, 0, 0, 0, 1, 7, 8])
        #expect(try reader.readUInt8() == 9)
        #expect(try reader.readUInt32() == 0x0102_0304)
        #expect(try reader.readUInt64() == 0xFF00_0000_0000_0001)
        #expect(reader.remaining == 2)
        #expect(try reader.read(2) == [7, 8])
        try reader.finish()
    }

    @Test func aSliceIsReadFromItsOwnBeginning() throws {
        var reader = ByteReader([0, 0, 1, 2, 0][2..<4])
        #expect(try reader.readUInt8() == 1)
        #expect(try reader.readUInt8() == 2)
        #expect(throws: DecodingFailure.truncated) { try reader.readUInt8() }
    }

    @Test(arguments: 0..<32)
    func whatIsMissingIsTruncatedAndNothingIsRead(count: Int) {
        var reader = ByteReader([UInt8](repeating: 1, count: count))
        #expect(throws: DecodingFailure.truncated) { try reader.read(count + 1) }
        #expect(throws: DecodingFailure.truncated) { try reader.read(.max) }
        #expect(throws: DecodingFailure.truncated) { try reader.read(-1) }
        if count < 4 { #expect(throws: DecodingFailure.truncated) { try reader.readUInt32() } }
        if count < 8 { #expect(throws: DecodingFailure.truncated) { try reader.readUInt64() } }
        #expect(reader.remaining == count)
        #expect(throws: DecodingFailure.truncated) { try reader.readDigest() }
    }
}
