import OTelEmitter
import Testing

@testable import otel_emit

@Suite struct CommandTests {
    private func text(_ words: String...) throws -> String? {
        guard case .text(let text) = try Command(parsing: words) else { return nil }
        return text
    }

    @Test func helpIsPrintedForEachCommand() throws {
        for word in ["--help", "-h", "help"] { #expect(try text(word) == HelpText.general) }
        for word in ["--help", "-h"] {
            #expect(try text("check", word) == HelpText.check)
            #expect(try text("send", "a", word) == HelpText.send)
            #expect(try text("spool", word, "--unknown") == HelpText.spool)
        }
    }

    @Test func helpBehindTwoDashesIsAName() throws {
        let words = ["send", "--kind", "counter", "--", "--help", "1"]
        guard case .send = try Command(parsing: words) else {
            Issue.record("no measurement of that name")
            return
        }
    }

    @Test func theVersionIsPrinted() throws {
        #expect(try text("--version") == "otel-emit \(Version.number)")
    }

    @Test func whatIsMissingOrUnknownIsSaid() {
        #expect(throws: UsageProblem.self) { try Command(parsing: []) }
        let problem = #expect(throws: UsageProblem.self) { try Command(parsing: ["sned", "a"]) }
        #expect(problem?.description.hasPrefix("\"sned\" is not a command") == true)
    }
}
