import Testing

@testable import otel_emit

@Suite struct LineSplitterTests {
    private func lines(_ pieces: [String]) -> [LineSplitter.Line] {
        var splitter = LineSplitter()
        var found: [LineSplitter.Line] = []
        for piece in pieces { splitter.feed(Array(piece.utf8)[...]) { found.append($0) } }
        splitter.end { found.append($0) }
        return found
    }

    private func text(_ text: String) -> LineSplitter.Line { .text(Array(text.utf8)[...]) }

    @Test func linesAreTheSameHoweverTheBytesCome() {
        let input = "ab\n\ncd\r\nlast"
        let expected = [text("ab"), text(""), text("cd"), text("last")]
        #expect(lines([input]) == expected)
        #expect(lines(input.map(String.init)) == expected)
        #expect(lines(["ab", "\n\nc", "d\r", "\nlast"]) == expected)
    }

    @Test func endOfTheLastLineMayBeMissingAndNothingIsNoLine() {
        #expect(lines(["a\n"]) == [text("a")])
        #expect(lines([""]).isEmpty)
        #expect(lines([]).isEmpty)
    }

    @Test func longLineIsPassedOverAndTheNextIsRead() {
        let limit = LineSplitter.lineByteLimit
        let longest = String(repeating: "a", count: limit)
        #expect(lines([longest + "\nb"]) == [text(longest), text("b")])
        #expect(lines([longest + "a\nb"]) == [.tooLong, text("b")])
        #expect(lines([longest, "a", "a", "\nb\n"]) == [.tooLong, text("b")])
        #expect(lines([longest, "a"]) == [.tooLong])
    }
}
