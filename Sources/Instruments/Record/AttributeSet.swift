internal import Synchronization

/// An immutable set of attributes with unique keys, in a fixed order: the name of a series.
///
/// Of attributes with the same key the last one wins; attributes with an empty key are left out;
/// the order in which they were given does not matter (checklist A9.7). Of arrays and maps within
/// each other, 24 levels are kept; what lies deeper is empty. Making a set sorts it: a program that
/// uses one often makes it once, or binds an instrument to it.
public struct AttributeSet: Sendable {
    private let storage: Storage

    /// Levels of arrays and maps within each other. Official decoders take a hundred nested messages,
    /// of which each level needs up to three, and refuse the whole batch beyond.
    static let maximumDepth = 24

    public init(_ attributes: [Attribute]) {
        storage = attributes.isEmpty ? Self.empty.storage : Storage(Self.canonical(attributes))
    }

    private init(storage: Storage) {
        self.storage = storage
    }

    /// The set without attributes.
    public static let empty = AttributeSet(storage: Storage([]))

    /// The attributes, sorted by the bytes of their keys. Made anew at each call.
    public var attributes: [Attribute] { AttributeBytes.decode(storage.bytes) }

    public var isEmpty: Bool { storage.bytes.isEmpty }

    /// The value of `key`, if the set has one.
    public subscript(key: String) -> AttributeValue? {
        attributes.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The hash of the attributes.
    var attributeHash: UInt64 { storage.hash }

    /// The attributes in the form of `AttributeBytes`; in place while the set lives.
    var bytes: UnsafeRawBufferPointer { storage.bytes }

    /// A place for bytes that an encoder made of this set and wants to find again.
    package var rendering: RenderedBytes? { storage.rendering.load() }

    /// Keeps `bytes` unless another thread was faster; answers what is kept.
    package func keepRendering(_ bytes: RenderedBytes) -> RenderedBytes {
        storage.rendering.storeIfNil(bytes)
    }

    fileprivate static func canonical(_ attributes: [Attribute], depth: Int = 0) -> [Attribute] {
        // The sort is stable: of equal keys the one given last comes last.
        let sorted = attributes.filter { !$0.key.isEmpty }.sorted { $0.key.precedes($1.key) }
        var unique: [Attribute] = []
        unique.reserveCapacity(sorted.count)
        for attribute in sorted {
            if let last = unique.last, last.key.utf8.elementsEqual(attribute.key.utf8) {
                unique.removeLast()
            }
            unique.append(Attribute(attribute.key, attribute.value.canonical(depth)))
        }
        return unique
    }

    private final class Storage: Sendable {
        // SAFETY: written before the set is published, read only afterwards, freed with the last
        // reference to it.
        nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
        let hash: UInt64
        let rendering = AtomicLazyReference<RenderedBytes>()

        init(_ attributes: [Attribute]) {
            let encoded = AttributeBytes.encode(attributes)
            let copy = UnsafeMutableRawBufferPointer.allocate(
                byteCount: encoded.count, alignment: 8)
            copy.copyBytes(from: encoded)
            bytes = UnsafeRawBufferPointer(copy)
            hash = AttributeHash.of(bytes)
        }

        deinit {
            bytes.deallocate()
        }
    }
}

extension AttributeSet: Hashable {
    public static func == (left: AttributeSet, right: AttributeSet) -> Bool {
        left.storage === right.storage
            || left.storage.hash == right.storage.hash
                && AttributeBytes.areEqual(left.storage.bytes, right.storage.bytes)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(storage.hash)
    }
}

extension AttributeSet: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(elements.map { Attribute($0.0, $0.1) })
    }
}

extension AttributeValue {
    /// This value with the maps inside as sets, unique keys in a fixed order, and without what is
    /// nested too deep.
    ///
    /// - Parameter depth: how many arrays and maps it lies in.
    fileprivate func canonical(_ depth: Int) -> AttributeValue {
        switch self {
        case .map where depth == AttributeSet.maximumDepth: .empty
        case .array where depth == AttributeSet.maximumDepth: .empty
        case .map(let attributes): .map(AttributeSet.canonical(attributes, depth: depth + 1))
        case .array(let values): .array(values.map { $0.canonical(depth + 1) })
        default: self
        }
    }
}

/// Bytes derived from an immutable value, kept beside it so that they are made only once.
package final class RenderedBytes: Sendable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension String {
    /// Whether this text sorts before `other`, byte by byte.
    func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
