/// A stored property of a type that is declared with `var`, as far as a scanner can tell.
struct StoredVariable {
    /// The type's name, with those of the types around it.
    let type: String
    let name: String
    /// The number of the line that it stands in.
    let line: Int
    /// Whether code outside of its file can set it.
    let isOpen: Bool
    let owner: Owner

    enum Owner { case reference, structure, nobody }

    /// All in a file, and the types that the file gives `mutating` methods.
    static func all(
        in source: SwiftSource
    ) -> (variables: [StoredVariable], mutating: Set<String>) {
        var reader = VariableReader(Array(source.code.joined(separator: "\n").utf8))
        reader.run()
        return (reader.found, reader.mutating)
    }
}

/// Reads code from its beginning to its end and keeps track of the types that it is in.
private struct VariableReader {
    private(set) var found: [StoredVariable] = []
    private(set) var mutating: Set<String> = []
    private let code: [UInt8]
    private var position = 0
    private var line = 1
    /// The braces that are open; nil for one that is not a type's.
    private var open: [Scope?] = []
    /// The type whose brace comes next.
    private var pending: Scope?
    /// What stands in front of the next declaration.
    private var modifiers: Set<String> = []

    private struct Scope {
        let name: String
        let kind: String
        let isHidden: Bool
    }

    private static let kinds: Set = ["class", "struct", "enum", "actor", "extension", "protocol"]
    private static let hiding: Set = ["private", "fileprivate"]
    private static let hidingSetters: Set = ["private(set)", "fileprivate(set)"]
    private static let otherModifiers: Set = [
        "public", "package", "internal", "open", "final", "static", "class", "weak", "unowned",
        "lazy", "nonisolated", "mutating", "nonmutating", "override", "indirect", "borrowing",
        "consuming", "unsafe", "set",
    ]

    init(_ code: [UInt8]) {
        self.code = code
    }

    mutating func run() {
        while position < code.count {
            let byte = code[position]
            if Self.isWordPart(byte) {
                take(nextWord())
            } else {
                take(byte)
                position += 1
            }
        }
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): line += 1
        case UInt8(ascii: "{"):
            open.append(pending)
            (pending, modifiers) = (nil, [])
        case UInt8(ascii: "}"):
            _ = open.popLast()
            modifiers = []
        default: break
        }
    }

    private mutating func take(_ word: String) {
        // Within functions there are only local variables, and types of no interest.
        let isBody = open.last.map { $0 == nil } ?? false
        if isBody { return }
        if Self.hiding.contains(word), code[position...].starts(with: "(set)".utf8) {
            modifiers.insert(word + "(set)")
        } else if Self.kinds.contains(word), let name = nameOfType() {
            begin(kind: word, name)
        } else if word == "var" {
            takeVariable()
            modifiers = []
        } else if word == "func" || word == "init" {
            if modifiers.contains("mutating"), let type = open.last??.name { mutating.insert(type) }
            modifiers = []
        } else if Self.hiding.contains(word) || Self.otherModifiers.contains(word) {
            modifiers.insert(word)
        } else {
            modifiers = []
        }
    }

    private mutating func begin(kind: String, _ name: String) {
        let outer = open.last ?? nil
        let isHidden = !modifiers.isDisjoint(with: Self.hiding) || outer?.isHidden ?? false
        pending = Scope(
            name: outer.map { $0.name + "." + name } ?? name, kind: kind, isHidden: isHidden)
        modifiers = []
    }

    private mutating func takeVariable() {
        guard let scope = open.last ?? nil, scope.kind != "protocol" else { return }
        let start = line
        skipSpace()
        let name = position < code.count && Self.isWordPart(code[position]) ? nextWord() : "?"
        guard isStored else { return }
        let isHidden =
            scope.isHidden || !modifiers.isDisjoint(with: Self.hiding)
            || !modifiers.isDisjoint(with: Self.hidingSetters)
        let isOfType = modifiers.contains("static")
        let owner: StoredVariable.Owner =
            switch scope.kind {
            case _ where isOfType: .nobody
            case "class", "actor": .reference
            default: .structure
            }
        found.append(
            StoredVariable(
                type: scope.name, name: name, line: start, isOpen: !isHidden, owner: owner))
    }

    /// Whether what follows a variable's name is not the body of a computed property.
    private var isStored: Bool {
        var depth = 0
        var end = position
        while end < code.count {
            switch code[end] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "=") where depth == 0: return true
            case UInt8(ascii: "\n") where depth == 0: return true
            case UInt8(ascii: "{") where depth == 0:
                let body = code[(end + 1)...].drop { $0 == 0x20 || $0 == 0x0A }
                return body.starts(with: "didSet".utf8) || body.starts(with: "willSet".utf8)
            default: break
            }
            end += 1
        }
        return true
    }

    /// The name after `class` and the like; nil if they declare a member, as in `class func`.
    private mutating func nameOfType() -> String? {
        let (before, lineBefore) = (position, line)
        skipSpace()
        var name = ""
        while position < code.count, Self.isWordPart(code[position]) || code[position] == 0x2E {
            name.append(Character(Unicode.Scalar(code[position])))
            position += 1
        }
        if !name.isEmpty, name != "func", name != "var", name != "let" { return name }
        (position, line) = (before, lineBefore)
        return nil
    }

    private mutating func nextWord() -> String {
        let start = position
        while position < code.count, Self.isWordPart(code[position]) { position += 1 }
        return String(decoding: code[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while position < code.count, code[position] == 0x20 || code[position] == 0x0A {
            if code[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x40 || byte >= 0x80
    }
}
