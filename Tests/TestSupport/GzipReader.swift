internal import CZlib

/// Decompresses gzip with zlib.
package enum GzipReader {
    /// A body that would become larger than this is an error.
    private static let limit = 256 << 20
    /// 15 bits of window; 16 more insists on the gzip format.
    private static let windowBits: Int32 = 15 + 16

    package static func decompress(_ input: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else {
            throw SystemError(text: "zlib can't be initialised")
        }
        defer { inflateEnd(&stream) }
        var input = input
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var status = Z_OK
        try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while status == Z_OK, output.count < limit {
                let produced = piece.withUnsafeMutableBufferPointer { piece -> Int in
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return piece.count - Int(stream.avail_out)
                }
                output += piece[..<produced]
            }
            guard status == Z_STREAM_END, stream.avail_in == 0 else {
                throw SystemError(text: "the body is not one whole gzip stream (\(status))")
            }
        }
        return output
    }
}
