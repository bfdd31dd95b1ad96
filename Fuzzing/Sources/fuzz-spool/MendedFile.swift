@testable import OTelEmitter

/// A file of the spool made from any bytes: whatever says that it is whole is set right, and all
/// else left as it is (the table of `SpoolFormat`).
struct MendedFile {
    private(set) var bytes: [UInt8]
    /// The name that fits what the header says.
    let name: SpoolName
    /// Whether no part of the header that was left says otherwise.
    let isOfThisVersion: Bool

    /// Nil if the bytes are too few for a header.
    init?(_ bytes: [UInt8]) {
        let header = SpoolFormat.headerBytes
        guard let length = UInt32(exactly: bytes.count - header) else { return nil }
        self.bytes = bytes
        let integer = { (offset: Int, width: Int) in
            bytes[offset..<offset + width].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        name = SpoolName(
            sequence: integer(16, 8), collectedAt: integer(32, 8), points: UInt32(integer(40, 4)),
            bytes: length)
        isOfThisVersion = WireForm(spoolVersion: UInt32(integer(8, 4))) != nil && integer(12, 4) <= 1
        self.bytes.replaceSubrange(0..<8, with: "OTELSPOL".utf8)
        put(length, at: 44)
        var checksum = SpoolChecksum()
        self.bytes[..<48].withUnsafeBytes { checksum.update($0) }
        self.bytes[header...].withUnsafeBytes { checksum.update($0) }
        put(checksum.value, at: 48)
    }

    private mutating func put(_ value: UInt32, at offset: Int) {
        withUnsafeBytes(of: value.littleEndian) {
            bytes.replaceSubrange(offset..<offset + 4, with: $0)
        }
    }
}
