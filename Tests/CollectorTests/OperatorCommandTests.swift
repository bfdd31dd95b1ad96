import Foundation
import TestSupport
import Testing

/// The operators' command against a real collector.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct OperatorCommandTests {
    private static let limit = Duration.seconds(60)

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The status and the lines on standard output of `otel-emit`.
    private func run(
        _ arguments: [String], port: HeldPort, environment: [String: String] = [:],
        input: String = ""
    ) throws -> (status: Int32?, lines: [Substring]) {
        try folder.overwrite("in", with: Array(input.utf8))
        let child = try ChildProcess(
            BuiltProgram.path(of: "otel-emit"), arguments,
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)"]
                .merging(environment) { $1 },
            input: folder.file("in"), output: folder.file("out"), errors: folder.file("err"))
        let status = child.ownStatus(within: Self.limit)
        child.end()
        let output = String(decoding: try folder.bytes("out"), as: UTF8.self)
        return (status, output.split(separator: "\n"))
    }

    @Test func everyStepOfCheckPasses() throws {
        let (sink, port) = (try ScriptedCollector(), try HeldPort())
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let run = try run(["check"], port: port)
        collector.end()
        #expect(run.status == 0, "\(run.lines)")
        let steps = run.lines.drop { !$0.hasPrefix("endpoint ") }.dropFirst().dropLast()
        let words = steps.map { $0.split(separator: " ")[0] }
        #expect(words.filter { $0 == "ok" }.count == 9, "\(steps)")
        #expect(words.filter { $0 == "skipped" }.count == 1)
        let points = try sink.acceptedPoints()
        #expect(points.count == 2)
        #expect(points.allSatisfy { $0.metric.hasPrefix("otelemitter.check ") })
    }

    @Test func emptyRequestOfCheckPassesAndLeavesNothing() throws {
        let (sink, port) = (try ScriptedCollector(), try HeldPort())
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let run = try run(["check", "--no-canary"], port: port)
        collector.end()
        #expect(run.status == 0, "\(run.lines)")
        #expect(try sink.acceptedPoints().isEmpty)
    }

    @Test func wrongPathIsFound() throws {
        let (sink, port) = (try ScriptedCollector(), try HeldPort())
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let run = try run(
            ["check"], port: port,
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)/v1/metrics"
            ])
        collector.end()
        #expect(run.status == 1)
        #expect(run.lines.contains { $0.hasPrefix("  FAIL     path ") }, "\(run.lines)")
        #expect(run.lines.contains { $0.contains("-> v1/metrics appears twice") })
    }

    @Test func measurementsArriveAlsoByWayOfASpool() throws {
        let (sink, port) = (try ScriptedCollector(), try HeldPort())
        let spool = ["OTEL_SWIFT_SPOOL_DIRECTORY": folder.file("spool")]
        let kept = try run(
            ["send", "kept", "1", "--kind", "counter", "--timeout", "4"], port: port,
            environment: spool)
        #expect(kept.status == 0)
        #expect(kept.lines == ["recorded=1 delivered=0 pending=1 lost=0"])
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        let replayed = try run(["spool", folder.file("spool"), "--replay"], port: port)
        #expect(replayed.status == 0)
        #expect(replayed.lines.last == "recorded=1 delivered=1 pending=0 lost=0")
        let input = """
            {"name":"whole","value":3,"kind":"gauge","attributes":{"a":true}}
            {"name":"part","value":0.5,"kind":"counter","unit":"s"}
            {"name":"spread","value":12,"kind":"histogram"}
            """
        let sent = try run(
            ["send", "--stdin"], port: port,
            environment: ["OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"], input: input)
        collector.end()
        #expect(sent.status == 0)
        #expect(sent.lines == ["recorded=3 delivered=3 pending=0 lost=0"])
        let names = try sink.acceptedPoints().map { String($0.metric.prefix { $0 != " " }) }
        #expect(names.first == "kept")
        #expect(names.dropFirst().sorted() == ["part", "spread", "whole"])
    }
}
