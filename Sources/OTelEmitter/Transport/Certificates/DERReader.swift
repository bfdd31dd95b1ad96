/// Reads the elements of a DER value one after the other. It never reads outside the given bytes.
struct DERReader {
    enum Tag: UInt8 {
        case integer = 0x02
        case utcTime = 0x17
        case generalizedTime = 0x18
        case sequence = 0x30
        /// The version of a certificate.
        case explicit0 = 0xA0
    }

    /// The most bytes that a length may take after the first one.
    private static let lengthBytes = 4

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The tag and content of the next element, whatever its tag is.
    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        var bytes = rest
        guard let tag = bytes.popFirst(), let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...Self.lengthBytes).contains(count), bytes.count >= count else { return nil }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(count)
        }
        guard length <= bytes.count else { return nil }
        rest = bytes.dropFirst(length)
        return (tag, bytes.prefix(length))
    }

    /// The content of the next element if it has this tag. Otherwise, nothing is read.
    mutating func next(_ tag: Tag) -> ArraySlice<UInt8>? {
        var reader = self
        guard let (found, content) = reader.next(), found == tag.rawValue else { return nil }
        self = reader
        return content
    }
}
