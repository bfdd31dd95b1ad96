import Foundation
import TestSupport
import Testing

/// The program itself, as a child process.
@Suite struct RPPNodeTests {
    /// What a run left behind.
    private struct Run {
        /// Nil if the program did not end by itself.
        let status: Int32?
        let output: [Substring]
        let errors: [Substring]
    }

    private func run(
        _ arguments: [String], environment: [String: String] = [:], limit: Duration = .seconds(60)
    ) throws -> Run {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
        let child = try ChildProcess(
            BuiltProgram.path(of: "rpp-node"), arguments,
            environment: BuiltProgram.sanitizerOptions.merging(environment) { $1 }
                .merging(["TMPDIR": folder.path]) { $1 },
            output: output.path, errors: errors.path)
        let status = child.ownStatus(within: limit)
        child.end()
        return Run(status: status, output: try lines(output), errors: try lines(errors))
    }

    private func lines(_ file: URL) throws -> [Substring] {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    @Test func withNobodyListeningItRunsItsTimeAndSaysTrulyWhatWasNotDelivered() throws {
        let port = try HeldPort()
        let run = try run(
            ["--seconds", "2", "--seed", "7"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)",
                "OTEL_METRIC_EXPORT_INTERVAL": "200",
            ],
            // Two seconds of work, five of shutdown, and what a busy machine needs: only a hang
            // takes longer.
            limit: .seconds(2 + 5 + 60))
        #expect(run.status == 0)
        #expect(run.output.count == 1)
        let account = /recorded=(\d+) delivered=(\d+) pending=(\d+) lost=(\d+)/
        let line = try #require(run.output.first)
        let found = try #require(try account.wholeMatch(in: line), "\(line)")
        let (recorded, delivered) = (Int(found.1) ?? -1, Int(found.2) ?? -1)
        let (pending, lost) = (Int(found.3) ?? -1, Int(found.4) ?? -1)
        #expect(recorded > 0)
        #expect(delivered == 0)
        #expect(recorded == delivered + pending + lost)
        let warnings = run.errors.filter { $0.hasPrefix("otel-emitter:") }
        #expect(warnings.count == 1, "\(run.errors)")
        #expect(warnings.allSatisfy { $0.contains("127.0.0.1:\(port.number)") }, "\(run.errors)")
        let listening = /rpc listening on 127\.0\.0\.1:\d+/
        #expect(try run.errors.count { try listening.wholeMatch(in: $0) != nil } == 1)
    }

    /// The variables of a node: the second endpoint while the first is dead, and the worker.
    @Test func itsOwnVariablesAreRead() throws {
        let (second, worker) = (try ScriptedCollector(), try ScriptedCollector())
        let dead = try HeldPort()
        let run = try run(
            ["--seconds", "3", "--mode", "validator", "--validators", "1"],
            environment: [
                "RPP_NODE_OTLP_HTTP_ENDPOINT": "http://127.0.0.1:\(dead.number)/v1/metrics",
                "RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT": second.endpoint,
                "RPP_NODE_OTLP_AUTH_TOKEN": "t0k3n", "RPP_INSTANCE_ID": "seven",
                "RPP_TELEMETRY_ENDPOINT": worker.endpoint, "RPP_TELEMETRY_INTERVAL_MS": "200",
                "RPP_TELEMETRY_AUTH_TOKEN": "w0rk3r",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.last?.hasSuffix("pending=0 lost=0") == true, "\(run.output)")
        let points = try second.acceptedPoints()
        #expect(!points.isEmpty)
        for part in ["rpp.mode=string validator", "service.instance.id=string seven"] {
            #expect(points.allSatisfy { $0.resource.contains(part) })
        }
        #expect(second.requests.allSatisfy { $0.header("Authorization") == ["Bearer t0k3n"] })
        #expect(worker.requests.count >= 2)
        #expect(worker.requests.allSatisfy { $0.header("Authorization") == ["Bearer w0rk3r"] })
    }

    @Test(arguments: [
        ["--frobnicate"], ["--seconds", "0"], ["--seconds"], ["--rpc-port", "65536"],
        ["--stop-validators", "4"], ["extra"],
    ])
    func badArgumentsEndItAtOnceWithStatus64(arguments: [String]) throws {
        let run = try run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.count == 1)
        #expect(run.errors.allSatisfy { $0.hasPrefix("rpp-node: ") })
    }

    @Test func aMissingDirectoryEndsItWithStatus1() throws {
        let run = try run(["--data-dir", "/nonexistent/deeper"])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains { $0.hasPrefix("rpp-node: ") })
    }

    @Test(arguments: ["--ledger", "--snapshot"])
    func aFileThatCannotBeWrittenLosesNeitherShutdownNorStatus(option: String) throws {
        let run = try run(
            ["--seconds", "1", option, "/nonexistent/deeper/file"],
            environment: ["OTEL_SDK_DISABLED": "true"])
        #expect(run.status == 1)
        #expect(run.output.count == 1)
        #expect(run.output.allSatisfy { $0.hasPrefix("recorded=") })
        #expect(run.errors.contains { $0.hasPrefix("rpp-node: open /nonexistent/deeper/file") })
    }

    @Test func aFullStandardOutputIsStatus1() throws {
        let folder = FileManager.default.temporaryDirectory
        let errors = folder.appending(path: "otel-emitter-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: errors) }
        let child = try ChildProcess(
            BuiltProgram.path(of: "rpp-node"), ["--help"],
            environment: BuiltProgram.sanitizerOptions, output: "/dev/full", errors: errors.path)
        let status = child.ownStatus(within: .seconds(60))
        child.end()
        #expect(status == 1)
        #expect(try lines(errors).contains { $0.hasPrefix("rpp-node: write standard output") })
    }

    @Test func helpIsNoError() throws {
        let run = try run(["--help"])
        #expect(run.status == 0)
        #expect(run.output.first == "usage: rpp-node [options]")
        #expect(run.errors.isEmpty)
    }
}
