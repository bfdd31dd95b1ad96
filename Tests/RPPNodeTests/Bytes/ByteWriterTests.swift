import Testing

@testable import rpp_node

struct ByteWriterTests {
    @Test func valuesAreWrittenBigEndian() {
        var writer = ByteWriter()
        writer.write(UInt8(9))
        writer.write(UInt32(0x0102_0304))
        writer.write(UInt64(0xFF00_0000_0000_0001))
        writer.write([5, 6] as [UInt8])
        writer.write([7, 8, 9][1...] as ArraySlice<UInt8>)
        #expect(writer.bytes == [9, 1, 2, 3, 4, 0xFF, 0, 0, 0, 0, 0, 0, 1, 5, 6, 8, 9])
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let digest = SHA256.hash([1])
        var writer = ByteWriter()
        writer.write(digest)
        writer.write(UInt64.max)
        #expect(writer.bytes.count == Digest.byteCount + 8)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.readDigest() == digest)
        #expect(try reader.readUInt64() == .max)
        try reader.finish()
    }
}
