import Testing

/// The scanner sees what it is there for: a rule that finds nothing could be blind.
@Suite struct SwiftSourceTests {
    private func code(_ text: String) -> String {
        SwiftSource(path: "sample.swift", text: text).code.joined(separator: "\n")
    }

    @Test(
        arguments: [
            "let x = y!", "foo()!.bar", "list[0]!", "var label: Label!", "(a as? B)!",
            "\"\\(value!)\"", "box<Int>!", "a!.b != c",
        ])
    func forceUnwrapIsSeen(text: String) {
        #expect(code(text).hasForceUnwrap)
    }

    @Test(
        arguments: [
            "a != b", "a!=b", "!isDone", "f(!x)", "// Stop!", "/* Stop! /* x! */ y! */",
            "\"Stop!\"", "#\"x! \"y! \"#", "\"\"\"\nStop! \"z!\"\n\"\"\"", "\"\\\"x!\"",
            "try! f()", "{ (try! f()) }", "x as! Y", "\"\\(a ? \"x!\" : \"y!\")\"",
        ])
    func otherExclamationMarkIsLeftAlone(text: String) {
        #expect(!code(text).hasForceUnwrap)
    }

    @Test(
        arguments: [
            "import A", "public import A", "@testable import A", "  internal import struct A.B",
            "@preconcurrency private import A // why", "import A.B",
        ])
    func importIsSeen(text: String) {
        #expect(SwiftSource(path: "s", text: text).imports.map(\.module) == ["A"])
    }

    @Test(arguments: ["// import A", "\"import A\"", "let important = 1", "func f() { importA() }"])
    func otherTextIsNoImport(text: String) {
        #expect(SwiftSource(path: "s", text: text).imports.isEmpty)
    }

    @Test func wordIsFoundAsAWholeOnly() {
        #expect("x = fatalError(y)".hasWord("fatalError"))
        #expect("try! f()".hasWord("try!"))
        #expect("final class A: @unchecked Sendable {".hasWord("@unchecked Sendable"))
        #expect(!"myfatalError()".hasWord("fatalError"))
        #expect(!"fatalErrors()".hasWord("fatalError"))
        #expect(!"retry!".hasWord("try!"))
    }

    @Test func linesKeepTheirNumbers() {
        let source = SwiftSource(path: "s", text: "/*\n*/ \"\"\"\na\n\"\"\"\nlet b = c!\n")
        #expect(source.places { $0.hasForceUnwrap } == ["s:5"])
    }
}
