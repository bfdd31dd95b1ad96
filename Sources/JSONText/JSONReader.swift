/// Reads JSON (RFC 8259) from any source. Whatever the bytes are, the result is a value or a
/// problem, within limits.
///
/// Invalid UTF-8 and unpaired surrogates become U+FFFD, so that the rest of a text is not lost. A
/// byte order mark at the beginning is skipped.
package enum JSONReader {
    /// The limits of a document.
    package struct Limits: Sendable, Equatable {
        /// The bytes of the whole document.
        package var bytes: Int
        /// The nesting of arrays and objects, at most `JSONCursor.deepest`.
        package var depth: Int
        /// The number of all values, including those of members and elements.
        package var elements: Int

        /// By default 4 MiB, 64 levels and 100,000 values.
        package init(bytes: Int = 4 << 20, depth: Int = 64, elements: Int = 100_000) {
            self.bytes = bytes
            self.depth = depth
            self.elements = elements
        }
    }

    /// Why bytes are not JSON, or exceed a limit.
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
            /// More text follows the document.
            case trailing
        }

        package let kind: Kind
        /// The position as a number of bytes from the beginning.
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

    /// The value of the document. No reference to `bytes` is kept.
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

    /// The value of the document.
    package static func parse(
        _ bytes: [UInt8], limits: Limits = Limits()
    ) throws(Problem) -> JSONValue {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(Problem) in try parse(bytes, limits: limits) }
        }
        return try result.get()
    }

    /// Creates and counts values. The cursor's limit of depth also limits its recursion.
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
