import Testing

@testable import rpp_node

struct StorageRecordTests {
    private func encode(_ payloads: [UInt8]...) throws -> [UInt8] {
        try payloads.flatMap { try #require(StorageRecord.encode($0)) }
    }

    @Test func recordsComeBackInTheirOrder() throws {
        let bytes = try encode([1, 2, 3], [], [4])
        let decoded = StorageRecord.decode(bytes)
        #expect(decoded.payloads == [[1, 2, 3], [], [4]])
        #expect(decoded.validBytes == bytes.count)
    }

    @Test func everyFlippedBitEndsTheReadingBeforeItsRecord() throws {
        let bytes = try encode([1, 2, 3], [4, 5])
        let first = StorageRecord.prefixBytes + 3
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                let decoded = StorageRecord.decode(damaged)
                #expect(decoded.validBytes == (index < first ? 0 : first), "\(index), \(bit)")
            }
        }
    }

    @Test func aTornRecordIsNotRead() throws {
        let bytes = try encode([1, 2, 3], [4, 5])
        let first = StorageRecord.prefixBytes + 3
        for length in 0..<bytes.count {
            let decoded = StorageRecord.decode(Array(bytes[..<length]))
            #expect(decoded.validBytes == (length < first ? 0 : first), "\(length)")
        }
    }

    @Test func theLimitHoldsForWritingAndForReading() throws {
        let longest = [UInt8](repeating: 1, count: StorageRecord.maximumPayload)
        #expect(StorageRecord.encode(longest) != nil)
        #expect(StorageRecord.encode(longest + [1]) == nil)
        var writer = ByteWriter()
        writer.write(UInt32(longest.count + 1))
        writer.write(CRC32.checksum(longest + [1]))
        writer.write(longest + [1])
        #expect(StorageRecord.decode(writer.bytes).payloads.isEmpty)
    }
}
