public import Synchronization

/// A place for bytes that an encoder makes of an immutable value and wants to find again: empty at
/// first, then written once.
///
/// The bytes have the key of their encoder's format. The slot has room for one format: an encoder
/// of another one finds nothing, and its bytes are not kept.
@usableFromInline
package struct RenderingSlot: ~Copyable, Sendable {
    // SAFETY: the slot holds one reference to what is in it, taken before it is published and given
    // back in `deinit`; nothing replaces it. So the bytes are in place while the slot is.
    @usableFromInline
    nonisolated(unsafe) let bytes = Atomic<Unmanaged<RenderedBytes>?>(nil)

    deinit {
        bytes.load(ordering: .acquiring)?.release()
    }

    // SAFETY: as above: the reference counts as long as the slot is there.
    package func load(_ key: UInt8) -> RenderedBytes? {
        let kept = bytes.load(ordering: .acquiring)?.takeUnretainedValue()
        return kept?.key == key ? kept : nil
    }

    /// Where the bytes of a format are, while the slot is there. Counts no reference.
    @inlinable
    package func loadInPlace(_ key: UInt8) -> UnsafeRawBufferPointer? {
        // Acquiring: what was written before the bytes were published is seen.
        bytes.load(ordering: .acquiring)?._withUnsafeGuaranteedRef { $0.inPlace(key) }
    }

    /// Keeps `new` if the slot is empty. Answers what to use: bytes that another thread has made of
    /// the same format, or else `new`.
    package func storeIfNil(_ new: RenderedBytes) -> RenderedBytes {
        // SAFETY: taken here, and given back in `deinit`, or below if another one is kept.
        let reference = Unmanaged.passRetained(new)
        // Acquiring and releasing: whichever bytes are kept, all who find them see what is in them.
        let (isStored, earlier) = bytes.compareExchange(
            expected: nil, desired: reference, ordering: .acquiringAndReleasing)
        guard !isStored, let earlier = earlier?.takeUnretainedValue() else { return new }
        reference.release()
        return earlier.key == new.key ? earlier : new
    }
}

/// Bytes derived from an immutable value, kept beside it so that they are made only once.
///
/// The header holds their number, and the key of their format in its lowest byte.
@usableFromInline
package final class RenderedBytes: ManagedBuffer<Int, UInt8> {
    /// A copy of `bytes`, which have the format of this key.
    package static func copying(
        _ bytes: UnsafeRawBufferPointer, _ key: UInt8
    ) -> RenderedBytes {
        let made = create(minimumCapacity: bytes.count) { _ in bytes.count << 8 | Int(key) }
        made.withUnsafeMutablePointerToElements { elements in
            UnsafeMutableRawBufferPointer(start: elements, count: bytes.count).copyMemory(
                from: bytes)
        }
        // SAFETY: `create` makes an object of the class that it is called on.
        return unsafeDowncast(made, to: RenderedBytes.self)
    }

    /// Calls `body` with the bytes.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        defer { withExtendedLifetime(self) {} }
        return body(inPlace)
    }

    /// The bytes, in place while the object lives.
    package var inPlace: UnsafeRawBufferPointer {
        withUnsafeMutablePointers { header, elements in
            UnsafeRawBufferPointer(start: elements, count: header.pointee >> 8)
        }
    }

    /// The same if they have the format of this key.
    @inlinable
    func inPlace(_ key: UInt8) -> UnsafeRawBufferPointer? {
        withUnsafeMutablePointers { header, elements in
            let word = header.pointee
            guard UInt8(truncatingIfNeeded: word) == key else { return nil }
            return UnsafeRawBufferPointer(start: elements, count: word >> 8)
        }
    }

    var key: UInt8 { UInt8(truncatingIfNeeded: header) }
}
