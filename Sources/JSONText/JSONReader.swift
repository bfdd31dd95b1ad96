/// Reads JSON (RFC 8259) that others wrote: whatever the bytes are, it ends with a value or a
/// problem, within limits.
///
/// Bytes that are no UTF-8, and halves of surrogate pairs that stand alone, become U+FFFD: the rest
/// of a text is worth more than its perfection. A byte order mark in front is passed over.
package enum JSONReader {
    /// What a document may have.
    package struct Limits: Sendable, Equatable {
        /// Bytes of the whole document.
        package var bytes: Int
        /// Arrays and objects within each other; at most `JSONCursor.deepest`.
        package var depth: Int
        /// Values in all, those of members and elements included.
        package var elements: Int

        /// By default 4 MiB, 64 levels and 100,000 values.
        package init(bytes: Int = 4 << 20, depth: Int = 64, elements: Int = 100_000) {
            self.bytes = bytes
            self.depth = depth
            self.elements = elements
        }
    }

    /// Why bytes are no JSON, or too much of it.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package enum Kind: Sendable, Equatable {
            case tooLarge(limit: Int)
            case tooDeep(limit: Int)
            case tooManyValues(limit: Int)
            case ended
            case unexpected(byte: UInt8)
            case invalidNumber
            case invalidEscape
            case controlCharacter
            /// Something stands behind the document.
            case trailing
        }

        package let kind: Kind
        /// Where: a number of bytes from the beginning.
        package let offset: Int

        package var description: String {
            let text =
                switch kind {
                case .tooLarge(let limit): "more than \(limit) bytes"
                case .tooDeep(let limit): "more than \(limit) levels of arrays and objects"
                case .tooManyValues(let limit): "more than \(limit) values"
                case .ended: "the document ends too early"
                case .unexpected(let byte): "byte 0x\(String(byte, radix: 16)) is out of place"
                case .invalidNumber: "a number is malformed"
                case .invalidEscape: "an escape in a string is malformed"
                case .controlCharacter: "a control character in a string is not escaped"
                case .trailing: "something stands behind the document"
                }
            return "\(text), at byte \(offset)"
        }
    }

    /// The document's value. Keeps nothing of `bytes`.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, limits: Limits = Limits()
    ) throws(Problem) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw Problem(kind: .tooLarge(limit: limits.bytes), offset: max(limits.bytes, 0))
        }
        var cursor = JSONCursor(bytes, depthLimit: limits.depth)
        cursor.skipByteOrderMark()
        var builder = Builder(limit: limits.elements)
        let value = try builder.value(&cursor, depth: 0)
        try cursor.finish()
        return value
    }

    /// The document's value.
    package static func parse(
        _ bytes: [UInt8], limits: Limits = Limits()
    ) throws(Problem) -> JSONValue {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(Problem) in try parse(bytes, limits: limits) }
        }
        return try result.get()
    }

    /// Makes values, and counts them. Its recursion ends at the cursor's limit of depth.
    private struct Builder {
        let limit: Int
        var count = 0

        mutating func value(
            _ cursor: inout JSONCursor, depth: Int
        ) throws(Problem) -> JSONValue {
            count += 1
            let first = try cursor.peek()
            guard count <= limit else {
                throw Problem(kind: .tooManyValues(limit: limit), offset: cursor.position)
            }
            switch first {
            case UInt8(ascii: "{"): return try object(&cursor, depth: depth + 1)
            case UInt8(ascii: "["): return try array(&cursor, depth: depth + 1)
            case UInt8(ascii: "\""): return .string(cursor.text(of: try cursor.skipString()))
            case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
                try cursor.skipWord()
                return first == UInt8(ascii: "n") ? .null : .bool(first == UInt8(ascii: "t"))
            default:
                return .number(JSONNumber(text: cursor.plainText(of: try cursor.skipNumber())))
            }
        }

        private mutating func array(
            _ cursor: inout JSONCursor, depth: Int
        ) throws(Problem) -> JSONValue {
            var elements: [JSONValue] = []
            try cursor.open(UInt8(ascii: "["), depth: depth)
            while try cursor.next(UInt8(ascii: "]"), isFirst: elements.isEmpty) {
                elements.append(try value(&cursor, depth: depth))
            }
            return .array(elements)
        }

        private mutating func object(
            _ cursor: inout JSONCursor, depth: Int
        ) throws(Problem) -> JSONValue {
            var members: [JSONMember] = []
            try cursor.open(UInt8(ascii: "{"), depth: depth)
            while try cursor.next(UInt8(ascii: "}"), isFirst: members.isEmpty) {
                let name = cursor.text(of: try cursor.name())
                members.append(JSONMember(name, try value(&cursor, depth: depth)))
            }
            return .object(members)
        }
    }
}
