/// The types that a Swift file declares, and those that it names, as words of its code tell them.
struct SwiftTypes {
    /// A type that the file declares, by its qualified name.
    struct Declaration: Equatable {
        let name: String
        let line: Int
        /// Whether it is a protocol that no other module sees.
        var isHiddenProtocol = false
    }

    /// A type that the file names.
    struct Use: Equatable {
        /// The name as it stands there, up to three components.
        let name: String
        let line: Int
        /// The qualified name of the type whose declaration or extension it stands in.
        let context: String
        /// The type that is extended where the name stands, if one is.
        let extended: String?
        /// Whether it is named as a conformance of `context`.
        var isInheritance = false
    }

    private(set) var declarations: [Declaration] = []
    private(set) var uses: [Use] = []

    init(_ source: SwiftSource) {
        var parser = Parser(source)
        parser.run()
        declarations = parser.declarations
        uses = parser.uses
    }
}

/// Walks over the words of a file.
private struct Parser {
    private(set) var declarations: [SwiftTypes.Declaration] = []
    private(set) var uses: [SwiftTypes.Use] = []
    private let words: [(text: Substring, line: Int)]
    private var position = 0
    private var depth = 0
    private var scopes: [Scope] = []
    private var next: Scope?

    private struct Scope {
        let name: String
        let isExtension: Bool
        var depth = 0
    }

    init(_ source: SwiftSource) {
        words = zip(1..., source.code).flatMap { number, line in
            Self.words(of: line).map { ($0, number) }
        }
    }

    mutating func run() {
        while position < words.count {
            let word = words[position].text
            switch word {
            case "struct", "class", "enum", "protocol", "actor", "extension", "typealias":
                if !declare(word) { position += 1 }
            case "associatedtype": position += 2
            case "{":
                depth += 1
                if var scope = next {
                    scope.depth = depth
                    scopes.append(scope)
                    next = nil
                }
                position += 1
            case "}":
                while scopes.last?.depth == depth { scopes.removeLast() }
                depth -= 1
                position += 1
            default:
                if let name = typeName(at: position), !follows(".") {
                    use(name, isInheritance: next != nil)
                } else {
                    position += 1
                }
            }
        }
    }

    private var context: String { scopes.map(\.name).joined(separator: ".") }

    private func follows(_ word: String) -> Bool {
        position > 0 && words[position - 1].text == word
    }

    /// A declaration at this place, if it is one.
    private mutating func declare(_ kind: Substring) -> Bool {
        guard !follows("."), let name = typeName(at: position + 1) else { return false }
        let line = words[position].line
        let modifiers = words[..<position].suffix(3).map { String($0.text) }
        position += 1
        if kind == "extension" {
            use(name)
            next = Scope(name: name, isExtension: true)
            return true
        }
        position += Self.length(of: name)
        let qualified = (scopes.map(\.name) + [name]).joined(separator: ".")
        declarations.append(
            SwiftTypes.Declaration(
                name: qualified, line: line,
                isHiddenProtocol: kind == "protocol" && !modifiers.contains("public")))
        if kind != "typealias" { next = Scope(name: name, isExtension: false) }
        return true
    }

    private mutating func use(_ name: String, isInheritance: Bool = false) {
        let inside = next.map { scopes + [$0] } ?? scopes
        uses.append(
            SwiftTypes.Use(
                name: name, line: words[position].line,
                context: inside.map(\.name).joined(separator: "."),
                extended: inside.first { $0.isExtension }?.name, isInheritance: isInheritance))
        position += Self.length(of: name)
    }

    /// The words of a name with this many components.
    private static func length(of name: String) -> Int {
        name.split(separator: ".").count * 2 - 1
    }

    /// A name that begins with a capital letter, with the components that follow it.
    private func typeName(at start: Int) -> String? {
        guard start < words.count, Self.isTypeName(words[start].text) else { return nil }
        var name = String(words[start].text)
        var place = start
        while place + 2 < words.count, words[place + 1].text == ".",
            Self.isTypeName(words[place + 2].text)
        {
            name += "." + words[place + 2].text
            place += 2
        }
        return name
    }

    private static func isTypeName(_ word: Substring) -> Bool {
        word.first.map { $0.isUppercase && $0.isASCII } ?? false
    }

    private static func words(of line: String) -> [Substring] {
        var words: [Substring] = []
        var rest = line[...]
        while let first = rest.first {
            if first.isLetter || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                words.append(word)
                rest = rest[word.endIndex...]
            } else {
                if first != " " { words.append(rest.prefix(1)) }
                rest = rest.dropFirst()
            }
        }
        return words
    }
}
