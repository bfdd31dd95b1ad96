public import Synchronization

/// A place for bytes that an encoder makes of an immutable value and wants to find again: empty at
/// first, then written once.
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
    package func load() -> RenderedBytes? {
        bytes.load(ordering: .acquiring)?.takeUnretainedValue()
    }

    /// Where the bytes are, while the slot is there. Counts no reference.
    @inlinable
    package func loadInPlace() -> UnsafeRawBufferPointer? {
        // Acquiring: what was written before the bytes were published is seen.
        bytes.load(ordering: .acquiring)?._withUnsafeGuaranteedRef { $0.inPlace }
    }

    /// Keeps `new` unless another thread was faster; answers what is kept.
    package func storeIfNil(_ new: RenderedBytes) -> RenderedBytes {
        // SAFETY: taken here, and given back in `deinit`, or below if another one is kept.
        let reference = Unmanaged.passRetained(new)
        // Acquiring and releasing: whichever bytes are kept, all who find them see what is in them.
        let (isStored, earlier) = bytes.compareExchange(
            expected: nil, desired: reference, ordering: .acquiringAndReleasing)
        guard !isStored, let earlier else { return new }
        reference.release()
        return earlier.takeUnretainedValue()
    }
}

/// Bytes derived from an immutable value, kept beside it so that they are made only once.
@usableFromInline
package final class RenderedBytes: ManagedBuffer<Int, UInt8> {
    /// A copy of `bytes`.
    package static func copying(_ bytes: UnsafeRawBufferPointer) -> RenderedBytes {
        let made = create(minimumCapacity: bytes.count) { _ in bytes.count }
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
    @inlinable
    var inPlace: UnsafeRawBufferPointer {
        withUnsafeMutablePointers { count, elements in
            UnsafeRawBufferPointer(start: elements, count: count.pointee)
        }
    }
}
