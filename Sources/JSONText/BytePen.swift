/// Writes into memory that is known to be large enough. This makes it fast: a `ByteBuffer` checks
/// the size once for everything that is written with one pen.
// SAFETY: the memory belongs to the code that made the pen, and is large enough: callers reserve
// the sum of the greatest sizes of what they write.
@usableFromInline
package struct BytePen {
    /// The position of the next byte.
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

    /// Removes the last byte.
    @inlinable
    package mutating func dropLast() {
        end -= 1
    }
}
