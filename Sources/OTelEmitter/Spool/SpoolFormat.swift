/// The bytes of a batch's file: a header of fixed size, then the body. All integers little-endian.
///
/// | offset | bytes | |
/// |---|---|---|
/// | 0 | 8 | `OTELSPOL` |
/// | 8 | 4 | version, which tells the form of the body: 1, JSON |
/// | 12 | 4 | flags: bit 0, the body is gzip; all others 0 |
/// | 16 | 8 | sequence number |
/// | 24 | 8 | number of the collection |
/// | 32 | 8 | time of collection, nanoseconds since 1970 |
/// | 40 | 4 | data points |
/// | 44 | 4 | bytes of the body |
/// | 48 | 4 | CRC-32C of the 48 bytes before and of the body |
///
/// Version and flags are the file's mark, and are read first. A file whose mark this build does not
/// know is not for this build to judge, whatever its other bytes and its length are.
package enum SpoolFormat {
    package static let headerBytes = 52
    /// The bytes at the beginning that hold the version and the flags.
    static let markBytes = 16
    private static let versionOffset = 8
    private static let flagsOffset = 12
    private static let magic = Array("OTELSPOL".utf8)
    private static let checksumOffset = 48
    private static let gzipFlag: UInt32 = 1

    /// The reason why a file can't be sent.
    package enum Damage: String, Sendable {
        /// The file is longer or shorter than its name says.
        case length
        /// The file does not begin like a batch.
        case magic
        /// The name or the body differs from what was written.
        case checksum
    }

    package enum Decoded: Equatable {
        case batch(Batch)
        /// This build can't judge the file: it does not know its version or flags, or it is not a
        /// regular file.
        case foreign
        case damaged(Damage)
    }

    /// The header of a batch that is stored under `name`.
    static func header(_ batch: Batch, _ name: SpoolName) -> [UInt8] {
        var header: [UInt8] = []
        header.reserveCapacity(headerBytes)
        header += magic
        append(batch.form.spoolVersion, to: &header)
        append(batch.isCompressed ? gzipFlag : 0, to: &header)
        append(name.sequence, to: &header)
        append(batch.collection, to: &header)
        append(name.collectedAt, to: &header)
        append(name.points, to: &header)
        append(name.bytes, to: &header)
        append(checksum(header[...], batch.body[...]), to: &header)
        return header
    }

    /// Decodes the file called `name`, given all of its bytes.
    static func decode(_ bytes: [UInt8], _ name: SpoolName) -> Decoded {
        guard bytes.count >= flagsOffset else { return .damaged(.length) }
        guard bytes.starts(with: magic) else { return .damaged(.magic) }
        let version = UInt32(truncatingIfNeeded: integer(bytes, versionOffset, 4))
        guard let form = WireForm(spoolVersion: version) else { return .foreign }
        guard bytes.count >= markBytes else { return .damaged(.length) }
        let flags = UInt32(truncatingIfNeeded: integer(bytes, flagsOffset, 4))
        guard flags & ~gzipFlag == 0 else { return .foreign }
        guard bytes.count == name.fileBytes else { return .damaged(.length) }
        let (header, body) = (bytes[..<checksumOffset], bytes[headerBytes...])
        let isName =
            integer(bytes, 16, 8) == name.sequence && integer(bytes, 32, 8) == name.collectedAt
            && integer(bytes, 40, 4) == UInt64(name.points)
            && integer(bytes, 44, 4) == UInt64(name.bytes)
        let isWhole = integer(bytes, checksumOffset, 4) == UInt64(checksum(header, body))
        guard isName, isWhole else { return .damaged(.checksum) }
        return .batch(
            Batch(
                collection: integer(bytes, 24, 8), points: Int(name.points), body: Array(body),
                isCompressed: flags == gzipFlag, form: form, collectedAt: name.collectedAt))
    }

    private static func checksum(_ header: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>) -> UInt32 {
        var checksum = SpoolChecksum()
        header.withUnsafeBytes { checksum.update($0) }
        body.withUnsafeBytes { checksum.update($0) }
        return checksum.value
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    private static func integer(_ bytes: [UInt8], _ offset: Int, _ width: Int) -> UInt64 {
        bytes[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
