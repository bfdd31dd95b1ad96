import TestSupport
import Testing

@testable import otel_emit

@Suite struct ShellWordTests {
    @Test func plainPathsStayAsTheyAre() {
        #expect(ShellWord.quoted("/var/spool/my-shop_1.d") == "/var/spool/my-shop_1.d")
    }

    @Test(arguments: [
        "", "a b", "it's", "''", "$(x)", "`x`", "a\nb", "~", "*", "größe", "\\", "\"",
    ])
    func theShellReadsBackWhatWasQuoted(word: String) throws {
        let run = try EmitRun(
            program: "/bin/sh", ["-c", "printf '%s.\\n' " + ShellWord.quoted(word)])
        #expect(run.status == 0)
        #expect(run.output.joined(separator: "\n") == word + ".")
    }
}
