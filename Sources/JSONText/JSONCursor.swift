/// Walks over JSON without making anything of it: strict in its grammar, safe on any bytes.
///
/// Positions are offsets into the bytes. Which bytes delimit a string does not depend on whether it
/// is UTF-8.
package struct JSONCursor {
    /// Levels that are walked at most, whatever limit is asked for: bounds the stack.
    package static let deepest = 512

    // SAFETY: the bytes belong to the caller, who uses the cursor only while they are there; no
    // byte is read at or behind `bytes.count`.
    let bytes: UnsafeRawBufferPointer
    /// Where it stands.
    package private(set) var position = 0
    private let depthLimit: Int

    package init(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = min(depthLimit, Self.deepest)
    }

    package mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next byte that is no white space; the cursor then stands on it.
    package mutating func peek() throws(JSONReader.Problem) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw problem(.ended) }
        return bytes[position]
    }

    /// Nothing but white space may follow.
    package mutating func finish() throws(JSONReader.Problem) {
        skipSpace()
        guard position == bytes.count else { throw problem(.trailing) }
    }

    /// Passes the bracket that opens an array or object at the level `depth`, counted from 1.
    package mutating func open(_ bracket: UInt8, depth: Int) throws(JSONReader.Problem) {
        try take(bracket)
        guard depth <= depthLimit else {
            throw JSONReader.Problem(kind: .tooDeep(limit: depthLimit), offset: position - 1)
        }
    }

    /// Passes the comma in front of another element and answers true, or the closing bracket.
    package mutating func next(_ end: UInt8, isFirst: Bool) throws(JSONReader.Problem) -> Bool {
        let byte = try peek()
        if byte == end {
            position += 1
            return false
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        return true
    }

    /// Passes a member's name and the colon behind it; answers where the name is, without quotes.
    package mutating func name() throws(JSONReader.Problem) -> Range<Int> {
        let name = try skipString()
        try take(UInt8(ascii: ":"))
        return name
    }

    /// Passes a value of any kind, at most `depth` levels of which are already open.
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

    /// Passes a string; answers where it is, without quotes.
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

    /// Passes `true`, `false` or `null`.
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

    /// Passes a number; answers where it is.
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

    /// The byte here; 0 at the end.
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
