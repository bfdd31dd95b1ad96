/// A Swift file as rules see it: its code without comments and without what stands in literals.
struct SwiftSource {
    let path: String
    /// The lines as they are.
    let lines: [String]
    /// The same lines with comments and the contents of string literals blanked out. Code within
    /// interpolations stays.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = Self.lines(of: Array(text.utf8))
        var blanker = CommentBlanker(Array(text.utf8))
        code = Self.lines(of: blanker.run())
    }

    /// The name of the file, which stays when it moves to another folder.
    var name: String { Self.name(of: path) }

    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    static func all(below folder: String) throws -> [SwiftSource] {
        try everything.get().filter { $0.path.hasPrefix(folder + "/") }
    }

    /// All files of the package, read once.
    private static let everything = Result {
        try ["Sources", "Tests"].flatMap { Repository.files(below: $0) }.map { path in
            SwiftSource(path: path, text: try Repository.text(path) ?? "")
        }
    }

    /// `path:line` of each line of code for which `isFound` holds.
    func places(where isFound: (String) -> Bool) -> [String] {
        zip(1..., code).filter { isFound($1) }.map { "\(path):\($0.0)" }
    }

    /// The modules that the file imports, with their lines.
    var imports: [(module: String, place: String)] {
        zip(1..., code).compactMap { number, line in
            Self.importedModule(line).map { ($0, "\(path):\(number)") }
        }
    }

    private static func importedModule(_ line: String) -> String? {
        let levels: Set = ["public", "package", "internal", "fileprivate", "private"]
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        var words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
        while let first = words.first, first.hasPrefix("@") || levels.contains(first) {
            words.removeFirst()
        }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
        return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

extension String {
    /// Whether an optional is unwrapped by force: `!` after an operand.
    var hasForceUnwrap: Bool {
        let bytes = Array(utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "!"), index > 0 else { return false }
            let isComparison = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "=")
            let word = bytes[..<index].reversed().prefix { Self.isIdentifier($0) }.reversed()
            let isKeyword = ["try", "as"].contains { word.elementsEqual($0.utf8) }
            return !isComparison && !isKeyword && Self.endsOperand(bytes[index - 1])
        }
    }

    /// Whether `word` occurs, not as a part of a longer one.
    func hasWord(_ word: String) -> Bool {
        ranges(of: word).contains { range in
            let before = self[..<range.lowerBound].utf8.last
            let after = self[range.upperBound...].utf8.first
            let isStart = before.map { !Self.isIdentifier($0) } ?? true
            let isEnd = word.utf8.last.map { !Self.isIdentifier($0) } ?? true
            return isStart && (isEnd || (after.map { !Self.isIdentifier($0) } ?? true))
        }
    }

    private static func endsOperand(_ byte: UInt8) -> Bool {
        isIdentifier(byte) || ")]}>\"`".utf8.contains(byte)
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }
}
