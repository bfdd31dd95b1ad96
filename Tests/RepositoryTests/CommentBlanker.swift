/// Replaces comments and the contents of string literals by spaces; line breaks stay.
struct CommentBlanker {
    private let input: [UInt8]
    private var output: [UInt8]
    private var position = 0

    init(_ input: [UInt8]) {
        self.input = input
        output = input
    }

    mutating func run() -> [UInt8] {
        skipCode(untilParenthesis: false)
        return output
    }

    /// Passes over code, up to the end or to the parenthesis that closes an interpolation.
    private mutating func skipCode(untilParenthesis: Bool) {
        var depth = 0
        while position < input.count {
            if starts("//") {
                while position < input.count, input[position] != UInt8(ascii: "\n") { blank() }
            } else if starts("/*") {
                blankComment()
            } else if let hashes = literalHashes() {
                skipLiteral(hashes: hashes)
            } else {
                if input[position] == UInt8(ascii: "(") { depth += 1 }
                if input[position] == UInt8(ascii: ")") {
                    if untilParenthesis, depth == 0 { return }
                    depth -= 1
                }
                position += 1
            }
        }
    }

    private mutating func blankComment() {
        var depth = 0
        while position < input.count {
            if starts("/*") {
                depth += 1
                blank(2)
            } else if starts("*/") {
                depth -= 1
                blank(2)
                if depth == 0 { return }
            } else {
                blank()
            }
        }
    }

    /// The number of `#` in front of the quote, if a string literal begins here.
    private func literalHashes() -> Int? {
        var end = position
        while end < input.count, input[end] == UInt8(ascii: "#") { end += 1 }
        return end < input.count && input[end] == UInt8(ascii: "\"") ? end - position : nil
    }

    private mutating func skipLiteral(hashes: Int) {
        position += hashes
        let quote = starts("\"\"\"") ? "\"\"\"" : "\""
        position += quote.utf8.count
        let end = quote + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        while position < input.count {
            if starts(end) {
                position += end.utf8.count
                return
            }
            if starts(escape + "(") {
                blank(escape.utf8.count)
                position += 1
                skipCode(untilParenthesis: true)
                position += 1
            } else if starts(escape) {
                blank(escape.utf8.count + 1)
            } else {
                blank()
            }
        }
    }

    private func starts(_ text: String) -> Bool {
        input[position...].starts(with: text.utf8)
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < input.count {
            if input[position] != UInt8(ascii: "\n") { output[position] = UInt8(ascii: " ") }
            position += 1
        }
    }
}
