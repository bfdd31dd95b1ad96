import Foundation
import OTelEmitter
import TestSupport
import Testing

@testable import otel_emit

/// The program as a whole.
@Suite struct OTelEmitTests {
    @Test(arguments: [
        [], ["frobnicate"], ["check", "--frobnicate"], ["check", "extra"], ["check", "--timeout"],
        ["check", "--timeout", "0"], ["check", "--no-canary=1"], ["send"], ["send", "a"],
        ["send", "a", "1"], ["send", "a", "x", "--kind", "gauge"],
        ["send", "a", "1", "2", "--kind", "gauge"], ["send", "a", "1", "--kind", "dial"],
        ["send", "a", "0x10", "--kind", "gauge"], ["send", "a", "nan", "--kind", "gauge"],
        ["send", "a", "9223372036854775808", "--kind", "counter"],
        ["send", "a", "1", "--kind", "gauge", "--attr", "k"],
        ["send", "a", "1", "--kind", "gauge", "--attr", "=v"],
        ["send", "a", "1", "--kind", "gauge", "--attr", "k=1", "--attr", "k=2"],
        ["send", "--stdin", "a"], ["spool"], ["spool", ""], ["spool", "a", "b"],
        ["spool", "a", "--adopt-unlocked"], ["spool", "a", "--timeout", "1"],
    ])
    func badUsageEndsItAtOnceWithStatus64AndOneLine(arguments: [String]) throws {
        let run = try EmitRun(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.count == 1)
        #expect(run.errors.allSatisfy { $0.hasPrefix("otel-emit: ") }, "\(run.errors)")
    }

    @Test(arguments: [
        ([String](), "COMMAND"), (["check"], "check"), (["send"], "send"), (["spool"], "spool"),
    ])
    func helpIsNoErrorAndTellsTheStatuses(command: [String], word: String) throws {
        let run = try EmitRun(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.output.first?.hasPrefix("usage: otel-emit \(word)") == true)
        #expect(run.output.contains { $0.contains("64") })
        #expect(run.errors.isEmpty)
    }

    @Test func versionIsOneLineAndInTheHelp() throws {
        let run = try EmitRun(["--version"])
        #expect(run.status == 0)
        #expect(run.output == ["otel-emit \(Version.number)"])
        #expect(run.errors.isEmpty)
        #expect(try EmitRun(["--help"]).output.contains { $0.contains("--version") })
    }

    @Test func fullStandardOutputIsStatus1AndSaid() throws {
        let folder = try TemporaryFolder()
        let child = try ChildProcess(
            EmitRun.program(), ["--help"], output: "/dev/full", errors: folder.file("err"))
        #expect(child.ownStatus(within: EmitRun.limit) == 1)
        child.end()
        let said = String(decoding: try folder.bytes("err"), as: UTF8.self)
        #expect(said.hasPrefix("otel-emit: standard output can't be written: "), "\(said)")
    }

    /// A pipe without a reader, as behind `| head`.
    private static let script = """
        folder=$(mktemp -d) && mkfifo "$folder/pipe" || exit 99
        exec 3<>"$folder/pipe" 4>"$folder/pipe" 3<&-
        program=$1; shift
        "$program" "$@" >&4
        status=$?
        rm -r "$folder"
        exit $status
        """

    @Test(arguments: [["check"], ["send", "jobs", "1", "--kind", "counter"], ["spool", "/tmp"]])
    func brokenPipeIsAQuietStatus1(arguments: [String]) throws {
        let collector = try ScriptedCollector()
        let run = try EmitRun(
            program: "/bin/sh", ["-c", Self.script, "sh", EmitRun.program()] + arguments,
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint, "PATH": "/usr/bin:/bin",
            ])
        #expect(run.status == 1)
        #expect(run.errors.isEmpty, "\(run.errors)")
        // What was asked for is done all the same, where it is not about printing.
        #expect(collector.requests.count == (arguments[0] == "send" ? 1 : 0))
    }
}
