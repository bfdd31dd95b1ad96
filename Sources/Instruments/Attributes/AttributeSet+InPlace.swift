/// One attribute of a set where it stands, for encoders: nothing is copied, no reference is
/// counted. Valid while the set lives.
// SAFETY: the pointers lead into the set's storage, which does not change; who reads them holds the
// set, as `readInPlace` says.
package struct AttributeInPlace {
    /// The key's UTF-8.
    package let key: UnsafeRawBufferPointer
    /// The UTF-8 of a string; nil for a value of another kind.
    package let string: UnsafeRawBufferPointer?
    private let header: UInt64
    private let content: UnsafeRawBufferPointer

    fileprivate init(
        _ header: UInt64, key: UnsafeRawBufferPointer, content: UnsafeRawBufferPointer
    ) {
        self.header = header
        self.key = key
        self.content = content
        string = AttributeBytes.kind(header) == .string ? content : nil
    }

    /// The value, made anew.
    package var value: AttributeValue {
        AttributeBytes.decode(AttributeBytes.kind(header), content)
    }
}

extension AttributeSet {
    /// Replaces what is in `list` by the attributes, sorted by the bytes of their keys. The caller
    /// holds the set for as long as it reads the list.
    package func readInPlace(into list: inout [AttributeInPlace]) {
        list.removeAll(keepingCapacity: true)
        var rest = bytes
        while rest.count >= AttributeBytes.headerSize {
            let header = rest.loadUnaligned(as: UInt64.self)
            let length = AttributeBytes.length(header)
            let keyEnd = AttributeBytes.headerSize + AttributeBytes.keyLength(header)
            guard length <= rest.count else { return }
            list.append(
                AttributeInPlace(
                    header,
                    key: UnsafeRawBufferPointer(
                        rebasing: rest[AttributeBytes.headerSize..<keyEnd]),
                    content: UnsafeRawBufferPointer(rebasing: rest[keyEnd..<length])))
            rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        }
    }
}
