internal import CZlib
internal import JSONText

/// Compresses request bodies in gzip format (RFC 1952), one after the other, with one zlib stream.
///
/// Level 1: on metrics it gives nearly the size of the slower levels at less than half of the time.
package struct Gzip: ~Copyable {
    private static let level: Int32 = 1
    /// A window of 2^15 bytes; 16 more asks zlib for the gzip format.
    private static let windowBits: Int32 = 15 + 16
    /// Tables of 4096 entries, which stay in the fastest cache. On metrics 8, zlib's default, takes
    /// 16 % more time for the same size, and 9 takes 40 %.
    private static let memoryLevel: Int32 = 5

    // SAFETY: the stream belongs to this value alone, which cannot be copied. zlib keeps a pointer
    // back to it, so it must not move: it is allocated once and freed in `deinit`.
    private let stream: UnsafeMutablePointer<z_stream>
    /// What comes out, before it is copied to its own size: fresh memory for each body would cost
    /// more than the copy.
    private var output = ByteBuffer()

    /// Bytes that zlib may write at a time.
    private static let step = 1 << 16
    /// Bytes of it that are kept between two bodies.
    private static let keptBytes = 1 << 20

    /// Nil when memory is exhausted.
    package init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = czlib_deflate_init2(stream, Self.level, Self.windowBits, Self.memoryLevel)
        guard status == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed bytes, or nil if zlib fails or `input` is larger than 4 GiB.
    package mutating func compress(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let length = UInt32(exactly: input.count), deflateReset(stream) == Z_OK else {
            return nil
        }
        output.removeAll(keepingAtMost: Self.keptBytes)
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = length
        var status = Z_OK
        while status == Z_OK {
            output.append(upTo: Self.step) { target in
                stream.pointee.next_out = target
                stream.pointee.avail_out = UInt32(Self.step)
                status = deflate(stream, Z_FINISH)
                return Self.step - Int(stream.pointee.avail_out)
            }
        }
        return status == Z_STREAM_END ? output.bytes() : nil
    }
}
