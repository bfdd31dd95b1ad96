import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Files that the exporter `otlp/file` writes.
@Suite(
    .enabled(
        if: Oracle.isWanted,
        "set OTEL_EMITTER_PYTHON to a Python with Tests/Oracle/requirements.txt installed"))
struct OutputFileTests {
    /// C13: a line of a file is what a request is.
    @Test func bothReadTheLinesOfAFile() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-\(UUID().uuidString).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var configuration = EmitterConfiguration(environment: ["OTEL_SERVICE_NAME": "s\n\"\\"])
        configuration.exporter = .otlpFile(path: path)
        configuration.exportInterval = .seconds(3600)
        configuration.batchLimits.points = 3
        configuration.keepsLastCollection = true
        let emitter = Emitter(configuration)
        let counter = emitter.meter("m").counter("c\n")
        for index in 0..<10 { counter.add(1, ["k": .int(Int64(index)), "t": "\u{0}\r\n\u{2028}"]) }
        let report = emitter.shutdown(timeout: .seconds(20))
        #expect(report.description == "recorded=10 delivered=10 pending=0 lost=0")
        let snapshot = try #require(emitter.lastCollection)
        let lines = Program.bytes(of: path).split(separator: UInt8(ascii: "\n")).map { Array($0) }
        #expect(lines.count == 4)
        let one = Oracle.Case(
            name: "lines", expected: ExpectedLines.make(snapshot), requests: lines)
        let verdict = try Oracle.compare([one])
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(one.expected.count == 10)
    }
}
