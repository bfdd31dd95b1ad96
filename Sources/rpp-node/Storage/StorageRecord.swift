/// A record of a storage file: length, checksum and payload.
enum StorageRecord {
    static let prefixBytes = 8
    /// A longer payload is refused when it is written and treated as damage when it is read; in
    /// bytes.
    static let maximumPayload = 1 << 20

    /// Nil if the payload exceeds the limit.
    static func encode(_ payload: [UInt8]) -> [UInt8]? {
        guard payload.count <= maximumPayload else { return nil }
        var writer = ByteWriter()
        writer.write(UInt32(payload.count))
        writer.write(CRC32.checksum(payload))
        writer.write(payload)
        return writer.bytes
    }

    /// The payloads before the first damaged or incomplete record, and the length of their records.
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
