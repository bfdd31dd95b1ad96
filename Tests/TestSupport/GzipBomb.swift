internal import CZlib

/// A small body that gzip makes large: one stream of zeroes, which any program unpacks.
package enum GzipBomb {
    /// Zeroes that are compressed once; the result is repeated.
    private static let pieceBytes = 1 << 20
    /// No name, no time, of an unknown system (RFC 1952, section 2.3).
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    /// The last block of a stream, which is empty (RFC 1951, section 3.2.6).
    private static let lastBlock: [UInt8] = [0x03, 0x00]

    /// About a thousandth of what it unpacks to.
    ///
    /// - Parameter mebibytes: what it unpacks to; below 4096.
    package static func body(mebibytes: Int) throws -> [UInt8] {
        let zeroes = [UInt8](repeating: 0, count: pieceBytes)
        let piece = try deflate(zeroes)
        let checksumOfPiece = crc32(0, zeroes, UInt32(pieceBytes))
        var (body, checksum) = (header, UInt(0))
        for _ in 0..<mebibytes {
            body += piece
            checksum = crc32_combine(checksum, checksumOfPiece, Int(pieceBytes))
        }
        body += lastBlock
        for value in [UInt32(truncatingIfNeeded: checksum), UInt32(mebibytes * pieceBytes)] {
            withUnsafeBytes(of: value.littleEndian) { body += $0 }
        }
        return body
    }

    /// Whole blocks without a last one, so that more may follow.
    private static func deflate(_ input: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        // Negative: without a header.
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                size) == Z_OK
        else { throw SystemError(text: "zlib can't be initialised") }
        defer { deflateEnd(&stream) }
        var input = input
        var output = [UInt8](repeating: 0, count: input.count)
        let room = output.count
        try input.withUnsafeMutableBufferPointer { input in
            try output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(room))
                // Full: no block refers to one before it.
                guard CZlib.deflate(&stream, Z_FULL_FLUSH) == Z_OK, stream.avail_out > 0 else {
                    throw SystemError(text: "zlib does not compress")
                }
            }
        }
        return Array(output.prefix(room - Int(stream.avail_out)))
    }
}
