/// Walks over JSON without building values. It is strict about the grammar, and safe for any bytes.
///
/// Positions are offsets into the bytes. The ends of strings are found even if they are not UTF-8.
package struct JSONCursor {
    /// The deepest nesting, whatever limit the caller sets. It limits the size of the stack.
    package static let deepest = 512

    // SAFETY: the bytes belong to the caller, who uses the cursor only while they exist. No byte at
    // or after `bytes.count` is read.
    let bytes: UnsafeRawBufferPointer
    /// The current position.
    package private(set) var position = 0
    private let depthLimit: Int

    package init(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = min(depthLimit, Self.deepest)
    }

    package mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Skips white space and returns the next byte, without skipping that byte.
    package mutating func peek() throws(JSONReader.Problem) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw problem(.ended) }
        return bytes[position]
    }

    /// Checks that only white space follows.
    package mutating func finish() throws(JSONReader.Problem) {
        skipSpace()
        guard position == bytes.count else { throw problem(.trailing) }
    }

    /// Skips the bracket that opens an array or object at the level `depth`, counted from 1.
    package mutating func open(_ bracket: UInt8, depth: Int) throws(JSONReader.Problem) {
        try take(bracket)
        guard depth <= depthLimit else {
            throw JSONReader.Problem(kind: .tooDeep(limit: depthLimit), offset: position - 1)
        }
    }

    /// Skips the comma before another element and returns true, or skips the closing bracket.
    package mutating func next(_ end: UInt8, isFirst: Bool) throws(JSONReader.Problem) -> Bool {
        let byte = try peek()
        if byte == end {
            position += 1
            return false
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        return true
    }

    /// Skips the name of a member and the colon after it. Returns the range of the name without
    /// quotes.
    package mutating func name() throws(JSONReader.Problem) -> Range<Int> {
        let name = try skipString()
        try take(UInt8(ascii: ":"))
        return name
    }

    /// Skips a value of any kind. `depth` levels of nesting are already open.
    package mutating func skipValue(depth: Int) throws(JSONReader.Problem) {
        switch try peek() {
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "{"):
            try open(UInt8(ascii: "{"), depth: depth + 1)
            var isFirst = true
            while try next(UInt8(ascii: "}"), isFirst: isFirst) {
                _ = try name()
                try skipValue(depth: depth + 1)
                isFirst = false
            }
        case UInt8(ascii: "["):
            try open(UInt8(ascii: "["), depth: depth + 1)
            var isFirst = true
            while try next(UInt8(ascii: "]"), isFirst: isFirst) {
                try skipValue(depth: depth + 1)
                isFirst = false
            }
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): try skipWord()
        default: _ = try skipNumber()
        }
    }

    /// Skips a string. Returns its range without quotes.
    package mutating func skipString() throws(JSONReader.Problem) -> Range<Int> {
        try take(UInt8(ascii: "\""))
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return start..<position - 1
            }
            if byte == UInt8(ascii: "\\") {
                try skipEscape()
            } else if byte < 0x20 {
                throw problem(.controlCharacter)
            } else {
                position += 1
            }
        }
        throw problem(.ended)
    }

    /// Skips `true`, `false` or `null`.
    package mutating func skipWord() throws(JSONReader.Problem) {
        let word: StaticString =
            switch try peek() {
            case UInt8(ascii: "t"): "true"
            case UInt8(ascii: "f"): "false"
            default: "null"
            }
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count else { throw problem(.ended) }
            guard bytes[position] == word.utf8Start[index] else {
                throw problem(.unexpected(byte: bytes[position]))
            }
            position += 1
        }
    }

    /// Skips a number. Returns its range.
    package mutating func skipNumber() throws(JSONReader.Problem) -> Range<Int> {
        let byte = try peek()
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        guard current.isDigit else {
            throw problem(start == position ? .unexpected(byte: byte) : .invalidNumber)
        }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            skipDigits()
        }
        if current == UInt8(ascii: ".") {
            position += 1
            guard current.isDigit else { throw problem(.invalidNumber) }
            skipDigits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard current.isDigit else { throw problem(.invalidNumber) }
            skipDigits()
        }
        return start..<position
    }

    package func problem(_ kind: JSONReader.Problem.Kind) -> JSONReader.Problem {
        JSONReader.Problem(kind: kind, offset: position)
    }

    /// The byte at the current position, or 0 at the end.
    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func take(_ byte: UInt8) throws(JSONReader.Problem) {
        let found = try peek()
        guard found == byte else { throw problem(.unexpected(byte: found)) }
        position += 1
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func skipDigits() {
        while current.isDigit { position += 1 }
    }

    private mutating func skipEscape() throws(JSONReader.Problem) {
        guard position + 1 < bytes.count else { throw problem(.ended) }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= bytes.count else { throw problem(.ended) }
            guard (position + 2..<position + 6).allSatisfy({ bytes[$0].hexadecimalDigit != nil })
            else { throw problem(.invalidEscape) }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: throw problem(.invalidEscape)
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
