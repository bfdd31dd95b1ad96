/// One record of a storage file: length, checksum, payload.
enum StorageRecord {
    static let prefixBytes = 8
    /// A longer record is refused when written, and taken for damage when read; in bytes.
    static let maximumPayload = 1 << 20

    /// Nil if the payload is over the limit.
    static func encode(_ payload: [UInt8]) -> [UInt8]? {
        guard payload.count <= maximumPayload else { return nil }
        var writer = ByteWriter()
        writer.write(UInt32(payload.count))
        writer.write(CRC32.checksum(payload))
        writer.write(payload)
        return writer.bytes
    }

    /// The records from the front up to the first damaged or torn one, and the length of them.
    static func decode(_ bytes: [UInt8]) -> (payloads: [[UInt8]], validBytes: Int) {
        var reader = ByteReader(bytes)
        var payloads: [[UInt8]] = []
        var validBytes = 0
        while let payload = try? next(&reader) {
            payloads.append(payload)
            validBytes += prefixBytes + payload.count
        }
        return (payloads, validBytes)
    }

    private static func next(_ reader: inout ByteReader) throws(DecodingFailure) -> [UInt8] {
        let length = Int(try reader.readUInt32())
        let checksum = try reader.readUInt32()
        guard length <= maximumPayload else { throw .limitExceeded }
        let payload = Array(try reader.read(length))
        guard CRC32.checksum(payload) == checksum else { throw .notCanonical }
        return payload
    }
}
