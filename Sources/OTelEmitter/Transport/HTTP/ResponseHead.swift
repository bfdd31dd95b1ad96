/// Reads the head of a response line by line, within limits.
///
/// Only the last head counts, since interim responses (1xx) and a proxy's response to CONNECT come
/// before it. Trailers after the body are not headers.
struct ResponseHead: Sendable, Equatable {
    /// The bytes of all head lines of an exchange together.
    static let byteLimit = 64 << 10
    /// The number of lines of all heads of an exchange together.
    static let lineLimit = 1000

    private(set) var headers = ResponseHeaders()
    private var bytes = 0
    private var lines = 0
    private var place = Place.before

    private enum Place {
        case before
        case inside
        case after
        /// In the body or after it.
        case over
    }

    /// Adds a line with its line break. Returns false if it exceeds a limit.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        lines += 1
        guard bytes <= Self.byteLimit, lines <= Self.lineLimit else { return false }
        let text = line.trimmed
        switch place {
        case .before, .after:
            // A new head replaces the previous one.
            headers = ResponseHeaders()
            place = .inside
        case .inside:
            if text.isEmpty {
                place = .after
            } else {
                read(text)
            }
        case .over:
            break
        }
        return true
    }

    /// Notes that whatever follows belongs to the body or comes after it.
    mutating func end() {
        place = .over
    }

    private mutating func read(_ line: Slice<UnsafeRawBufferPointer>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = line[..<colon]
        let field: WritableKeyPath<ResponseHeaders, String?>
        var limit = ResponseHeaders.limit
        switch name.count {
        case 4 where name.isName("date"): field = \.date
        case 8 where name.isName("location"):
            field = \.location
            limit = Self.byteLimit
        case 11 where name.isName("retry-after"): field = \.retryAfter
        case 12 where name.isName("content-type"): field = \.contentType
        default: return
        }
        let value = line[(colon + 1)...].trimmed.prefix(limit)
        // Control characters are not allowed in a value, and would distort the text that is shown
        // to people.
        let printable = value.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        headers[keyPath: field] = String(decoding: printable, as: UTF8.self)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var trimmed: Slice<UnsafeRawBufferPointer> { self[...].trimmed }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Without white space and line breaks at both ends.
    fileprivate var trimmed: Self {
        var rest = drop(while: Self.isSpace)
        while let last = rest.last, Self.isSpace(last) { rest.removeLast() }
        return rest
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// Whether this is the name of the header, in upper or lower case.
    fileprivate func isName(_ name: StaticString) -> Bool {
        name.withUTF8Buffer { name in
            count == name.count && zip(self, name).allSatisfy { $0 | 0x20 == $1 | 0x20 }
        }
    }
}
