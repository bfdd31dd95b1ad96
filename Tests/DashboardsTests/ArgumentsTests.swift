import TestSupport
import Testing

@testable import dashboards

@Suite struct ArgumentsTests {
    @Test func eachTaskIsRead() throws {
        #expect(try Arguments(parsing: ["--help"]) == .help)
        #expect(try Arguments(parsing: ["--output", "a"]) == .write(folder: "a"))
        #expect(try Arguments(parsing: ["--check", "b/c"]) == .check(folder: "b/c"))
    }

    @Test(arguments: [
        [], ["--output"], ["--check", ""], ["--output", "a", "b"], ["a"],
        ["--check", "a", "--help"],
    ])
    func whatMakesNoSenseIsRefused(words: [String]) {
        #expect(throws: Arguments.Problem.self) { try Arguments(parsing: words) }
    }

    @Test func exitStatusTellsWhatHappened() throws {
        let folder = try TemporaryFolder()
        #expect(Dashboards.run(["--nonsense"]) == .usage)
        #expect(Dashboards.run(["--check", folder.path]) == .failure)
        #expect(Dashboards.run(["--output", folder.path]) == .good)
        #expect(Dashboards.run(["--check", folder.path]) == .good)
        #expect(Dashboards.run(["--output", folder.path + "/rules/alerts.yaml"]) == .failure)
    }
}
