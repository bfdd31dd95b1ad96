import Foundation
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Prometheus' own Python client reads our pages, and finds in them what the same snapshot's OTLP
/// calls for.
@Suite(
    .enabled(
        if: Oracle.isWanted,
        "set OTEL_EMITTER_PYTHON to a Python with Tests/Oracle/requirements.txt installed"))
struct PrometheusPageTests {
    private static let openMetrics = "application/openmetrics-text;version=1.0.0"
    private static let utf8 = "text/plain;version=1.0.0;escaping=allow-utf-8"

    /// The pages of a snapshot, by the suffix of their file.
    private func pages(_ snapshot: MetricsSnapshot) -> [String: PrometheusPage] {
        var untranslated = PrometheusText()
        untranslated.translation = .noTranslation
        return [
            "text": PrometheusText().page(of: snapshot, accept: nil),
            "openmetrics": PrometheusText().page(of: snapshot, accept: Self.openMetrics),
            "utf8": untranslated.page(of: snapshot, accept: Self.utf8),
        ]
    }

    private func write(_ snapshot: MetricsSnapshot, _ name: String, to folder: URL) throws {
        var limits = BatchLimits()
        limits.points = .max
        limits.bytes = .max
        var encoder = OTLPEncoder(limits: limits)
        var request = Array("{}".utf8)
        encoder.encode(snapshot) { bytes, _ in request = Array(bytes) }
        try Data(request).write(to: folder.appending(path: name + ".otlp"))
        for (suffix, page) in pages(snapshot) {
            try Data(page.body).write(to: folder.appending(path: "\(name).\(suffix)"))
        }
    }

    /// What Python says of the pages in a folder.
    private func verdict(_ folder: URL) throws -> Oracle.Verdict {
        try Oracle.run("exposition.py", [folder.path], in: folder)
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test func thePythonClientFindsEverySeriesOfRandomSnapshots() throws {
        try withFolder { folder in
            for seed in UInt64(0)..<400 {
                try write(RandomSnapshot.make(seed: seed), "seed-\(seed)", to: folder)
            }
            let verdict = try verdict(folder)
            #expect(verdict.status == 0, "\(verdict.output.prefix(4000))")
            let count = verdict.output.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            #expect(try #require(count) > 20_000, "\(verdict.output.suffix(100))")
        }
    }

    /// A comparison that finds nothing would be as green.
    @Test func aPageThatLacksASeriesIsFound() throws {
        try withFolder { folder in
            let points = [1, 2].map {
                NumberPoint(attributes: ["a": .int($0)], start: 1, value: .int($0))
            }
            let gauge = Metric(descriptor: MetricDescriptor(name: "g"), data: .gauge(points))
            let scope = ScopeMetrics(scope: InstrumentationScope(name: "s"), metrics: [gauge])
            let snapshot = MetricsSnapshot(resource: Resource(), time: 2, scopes: [scope])
            try write(snapshot, "seed", to: folder)
            let page = folder.appending(path: "seed.text")
            let lines = String(decoding: try Data(contentsOf: page), as: UTF8.self)
                .split(separator: "\n")
            let rest = lines.dropLast().joined(separator: "\n") + "\n"
            try Data(rest.utf8).write(to: page)
            let verdict = try verdict(folder)
            #expect(verdict.status == 1)
            #expect(verdict.failed == ["seed"], "\(verdict.output)")
        }
    }
}
