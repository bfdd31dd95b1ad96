/// An immutable set of attributes with unique keys, in a fixed order: the name of a series.
///
/// Of attributes with the same key the last one wins; attributes with an empty key are left out;
/// the order in which they were given does not matter (checklist A9.7). Arrays and maps may be
/// nested `AttributeValue.maximumDepth` deep; what lies deeper is left empty. Making a set sorts
/// it: a program that uses one often makes it once, or binds an instrument to it.
// SAFETY: the storage is written before the set is made and read only afterwards, but for its
// rendering, which is atomic.
public struct AttributeSet: @unchecked Sendable {
    @usableFromInline
    let storage: AttributeStorage

    /// Makes a set of attributes in any order.
    ///
    /// Sorts and copies them; of those with the same key it keeps the last one.
    public init(_ attributes: [Attribute]) {
        let canonical = Self.isCanonical(attributes) ? attributes : Self.canonical(attributes)
        let length = AttributeBytes.size(canonical)
        storage = AttributeStorage.make(length: length) { target in
            AttributeBytes.write(canonical, to: target)
        }
    }

    /// The set of a storage whose entries are in order.
    init(storage: AttributeStorage) {
        self.storage = storage
    }

    /// The set without attributes.
    public static let empty = AttributeSet([])

    /// The attributes, sorted by the bytes of their keys. Made anew at each call.
    public var attributes: [Attribute] {
        defer { withExtendedLifetime(storage) {} }
        return AttributeBytes.decode(bytes)
    }

    /// Whether there are no attributes.
    public var isEmpty: Bool { storage.head.pointee.length == 0 }

    /// The value of `key`, if the set has one.
    public subscript(key: String) -> AttributeValue? {
        attributes.first { $0.key.isSame(as: key) }?.value
    }

    /// The hash of the attributes.
    var attributeHash: UInt64 { storage.head.pointee.hash }

    /// Where the storage's head is, while the set lives.
    var head: UnsafeMutablePointer<AttributeStorage.Head> { storage.head }

    /// The attributes in the form of `AttributeBytes`; in place while the set lives.
    var bytes: UnsafeRawBufferPointer { AttributeStorage.bytes(of: storage.head) }

    /// What an encoder made of this set and kept with it, in the format of this key.
    package func rendering(_ key: UInt8) -> RenderedBytes? {
        storage.head.pointee.rendering.load(key)
    }

    /// Where those bytes are, while the set lives; nil until there are any. Counts no reference.
    @inlinable
    package func renderingInPlace(_ key: UInt8) -> UnsafeRawBufferPointer? {
        storage.head.pointee.rendering.loadInPlace(key)
    }

    /// Keeps `bytes` unless the set has some; answers those to use (`RenderingSlot`).
    package func keepRendering(_ bytes: RenderedBytes) -> RenderedBytes {
        storage.head.pointee.rendering.storeIfNil(bytes)
    }
}

extension AttributeSet: Hashable {
    public static func == (left: AttributeSet, right: AttributeSet) -> Bool {
        defer { withExtendedLifetime((left, right)) {} }
        return left.storage === right.storage
            || left.attributeHash == right.attributeHash
                && AttributeBytes.areEqual(left.bytes, right.bytes)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(attributeHash)
    }
}

extension AttributeSet: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(elements.map { Attribute($0.0, $0.1) })
    }
}
