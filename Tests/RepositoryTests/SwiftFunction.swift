/// A function, an initialiser or a computed property of a file, as far as a scanner can tell.
struct SwiftFunction {
    /// `init`, `deinit` and `subscript` are called so.
    let name: String
    /// The number of the line that it begins in, attributes not counted.
    let line: Int
    /// From that line to the one with the brace that closes the body.
    let length: Int
    /// Whether `@Test` stands in front of it.
    let isTest: Bool
    /// The code in braces, without comments and without what stands in literals.
    let body: String

    /// All that have a body; those within another one are listed as well.
    static func all(in source: SwiftSource) -> [SwiftFunction] {
        var reader = FunctionReader(Array(source.code.joined(separator: "\n").utf8))
        return reader.run()
    }

    /// Whether the function of this name is called, or named, in the body.
    func mentions(_ name: String) -> Bool { body.hasWord(name) }
}

/// Reads code from its beginning to its end and notes where bodies begin and end.
private struct FunctionReader {
    private let code: [UInt8]
    private var position = 0
    private var line = 1
    /// How many parentheses, brackets and braces are open.
    private var depth = 0
    private var isTest = false
    private var found: [SwiftFunction] = []
    /// What was declared and has no body yet.
    private var pending: (head: Head, depth: Int)?
    /// The bodies that the position lies in.
    private var open: [(head: Head, depth: Int, start: Int)] = []

    private struct Head {
        let name: String
        let line: Int
        let isTest: Bool
    }

    init(_ code: [UInt8]) {
        self.code = code
    }

    mutating func run() -> [SwiftFunction] {
        while position < code.count {
            let byte = code[position]
            if Self.isWordPart(byte) || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "`") {
                take(word: nextWord())
            } else {
                take(byte)
                position += 1
            }
        }
        return found.sorted { $0.line < $1.line }
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): line += 1
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "="):
            // A stored property: what follows is its value.
            if pending?.depth == depth, pending?.head.name.isEmpty == true { pending = nil }
        case UInt8(ascii: "{"): openBody()
        case UInt8(ascii: "}"): closeBody()
        default: break
        }
    }

    private mutating func openBody() {
        if let declared = pending, declared.depth == depth {
            open.append((declared.head, depth, position))
            pending = nil
        }
        depth += 1
    }

    private mutating func closeBody() {
        depth -= 1
        if let declared = pending, declared.depth > depth { pending = nil }
        guard let last = open.last, last.depth == depth else { return }
        open.removeLast()
        found.append(
            SwiftFunction(
                name: last.head.name, line: last.head.line, length: line - last.head.line + 1,
                isTest: last.head.isTest,
                body: String(decoding: code[last.start...position], as: UTF8.self)))
    }

    private mutating func take(word: String) {
        switch word {
        case "@Test":
            isTest = true
        case "func":
            let start = line
            skipSpace()
            declare(position < code.count ? nextName() : "", start)
        case "init", "subscript", "deinit":
            if isDeclaration { declare(word, line) }
        case "var":
            // A property has no name here, which tells it from a function.
            declare("", line)
        case "let", "case", "struct", "class", "enum", "protocol", "extension", "actor":
            pending = nil
        default:
            break
        }
    }

    private mutating func declare(_ name: String, _ line: Int) {
        pending = (Head(name: name, line: line, isTest: isTest && !name.isEmpty), depth)
        if !name.isEmpty { isTest = false }
    }

    /// Whether `init` begins a declaration, and no call as in `self.init(`.
    private var isDeclaration: Bool {
        let before = code[..<(position)].dropLast(lastWordLength).last
        return before != UInt8(ascii: ".")
    }

    private var lastWordLength = 0

    private mutating func nextWord() -> String {
        let start = position
        position += 1
        while position < code.count, Self.isWordPart(code[position]) { position += 1 }
        lastWordLength = position - start
        return String(decoding: code[start..<position], as: UTF8.self)
    }

    /// A name, without backticks, or an operator.
    private mutating func nextName() -> String {
        let start = position
        let isOperator = !Self.isWordPart(code[start]) && code[start] != UInt8(ascii: "`")
        while position < code.count, !" \n(".utf8.contains(code[position]),
            isOperator || code[position] != UInt8(ascii: "<")
        {
            position += 1
        }
        return String(decoding: code[start..<position].filter { $0 != 0x60 }, as: UTF8.self)
    }

    private mutating func skipSpace() {
        while position < code.count, code[position] == 0x20 || code[position] == 0x0A {
            if code[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }
}
