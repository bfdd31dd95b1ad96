internal import CZlib

/// Decompresses one gzip member (RFC 1952), up to a limit, since a few bytes may decompress to very
/// many.
enum Gunzip {
    /// A window of 2^15 bytes. Adding 16 makes zlib accept the gzip format only.
    private static let windowBits: Int32 = 15 + 16
    /// The output buffer grows by this many bytes at a time.
    private static let step = 1 << 16

    enum Problem: Error, Equatable {
        /// The bytes are not exactly one gzip member, or memory is exhausted.
        case damaged
        /// The decompressed size exceeds `limit` bytes.
        case tooLarge(limit: Int)
    }

    /// The decompressed bytes, at most `limit`.
    static func decompress(
        _ input: UnsafeRawBufferPointer, limit: Int
    ) throws(Problem) -> [UInt8] {
        var stream = z_stream()
        // SAFETY: zlib keeps a pointer to the stream, so the stream stays in one place.
        return try withUnsafeMutablePointer(to: &stream) { stream throws(Problem) in
            guard let length = UInt32(exactly: input.count),
                czlib_inflate_init2(stream, windowBits) == Z_OK
            else { throw .damaged }
            defer { inflateEnd(stream) }
            // zlib takes a pointer to mutable bytes, but does not change them.
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = length
            return try inflateAll(stream, limit: min(max(limit, 0), .max - 1))
        }
    }

    /// The decompressed bytes, at most `limit`.
    static func decompress(_ input: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
        let result = input.withUnsafeBytes { input in
            Result { () throws(Problem) in try decompress(input, limit: limit) }
        }
        return try result.get()
    }

    private static func inflateAll(
        _ stream: UnsafeMutablePointer<z_stream>, limit: Int
    ) throws(Problem) -> [UInt8] {
        var output: [UInt8] = []
        var status = Z_OK
        while status == Z_OK {
            // Room for one byte more than the limit shows whether there is more.
            let room = min(max(step, output.count), limit + 1 - output.count)
            guard room > 0 else { throw .tooLarge(limit: limit) }
            output += [UInt8](unsafeUninitializedCapacity: room) { piece, count in
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(clamping: piece.count)
                let offered = Int(stream.pointee.avail_out)
                status = inflate(stream, Z_NO_FLUSH)
                count = offered - Int(stream.pointee.avail_out)
            }
        }
        guard output.count <= limit else { throw .tooLarge(limit: limit) }
        guard status == Z_STREAM_END, stream.pointee.avail_in == 0 else { throw .damaged }
        return output
    }
}
