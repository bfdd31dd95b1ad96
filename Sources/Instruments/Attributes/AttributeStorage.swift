/// The bytes of an attribute set, in one allocation with what is known of them.
///
/// The memory behind the object's own is a `Head`, then the bytes.
@usableFromInline
final class AttributeStorage: ManagedBuffer<Void, UInt64> {
    @usableFromInline
    struct Head: ~Copyable {
        let length: Int
        var hash: UInt64
        @usableFromInline
        let rendering = RenderingSlot()

        static var words: Int { MemoryLayout<Head>.stride / MemoryLayout<UInt64>.stride }
    }

    /// A storage whose `length` bytes `write` fills.
    static func make(
        length: Int, hash: UInt64? = nil, _ write: (UnsafeMutableRawPointer) -> Void
    ) -> AttributeStorage {
        let made = create(minimumCapacity: Head.words + (length + 7) / 8) { _ in }
        // SAFETY: `create` makes an object of the class that it is called on.
        let storage = unsafeDowncast(made, to: AttributeStorage.self)
        let head = storage.head
        head.initialize(to: Head(length: length, hash: 0))
        write(UnsafeMutableRawPointer(head + 1))
        head.pointee.hash = hash ?? AttributeHash.of(Self.bytes(of: head))
        return storage
    }

    deinit {
        head.deinitialize(count: 1)
    }

    /// In place while the object lives.
    @inlinable
    var head: UnsafeMutablePointer<Head> {
        // SAFETY: the elements are the tail of this object's own memory, with room for the head and
        // aligned as it needs; written before the object is published, read only afterwards.
        withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) }
            .assumingMemoryBound(to: Head.self)
    }

    /// The bytes behind a head.
    static func bytes(of head: UnsafeMutablePointer<Head>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: head + 1, count: head.pointee.length)
    }
}
