/// Writes into memory that is known to be large enough, which is what makes it fast: a `ByteBuffer`
/// checks once for all that is written with one pen.
// SAFETY: the memory belongs to whoever made the pen, and holds what is written: callers add up the
// greatest sizes of what they write beforehand.
@usableFromInline
package struct BytePen {
    /// Where the next byte goes.
    @usableFromInline
    package internal(set) var end: UnsafeMutablePointer<UInt8>

    @inlinable
    package init(at end: UnsafeMutablePointer<UInt8>) {
        self.end = end
    }

    @inlinable
    package mutating func put(byte: UInt8) {
        end.pointee = byte
        end += 1
    }

    @inlinable
    package mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable
    package mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(end).copyMemory(from: source, byteCount: bytes.count)
        end += bytes.count
    }

    /// Takes back the last byte.
    @inlinable
    package mutating func dropLast() {
        end -= 1
    }
}
