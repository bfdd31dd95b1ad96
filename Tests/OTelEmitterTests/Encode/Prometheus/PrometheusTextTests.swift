import Foundation
import Instruments
import Testing

@testable import OTelEmitter

/// Whole pages, byte by byte. `UPDATE_GOLDEN=1` writes the files; read the diff like code.
@Suite struct PrometheusTextTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Golden/Prometheus")

    private static let accepts = [
        "text": nil, "openmetrics": "application/openmetrics-text;version=1.0.0",
        "utf8": "text/plain;version=1.0.0;escaping=allow-utf-8",
    ]

    /// `utf8` is for names as they are.
    private func page(_ snapshot: MetricsSnapshot, _ format: String) throws -> PrometheusPage {
        var text = PrometheusText()
        if format == "utf8" { text.translation = .noTranslation }
        text.hasCreationTimes = true
        return text.page(of: snapshot, accept: try #require(Self.accepts[format]))
    }

    @Test(arguments: Snapshots.all.map(\.name), ["text", "openmetrics", "utf8"])
    func aPageHasExactlyTheBytesOfItsFile(name: String, format: String) throws {
        let snapshot = try #require(Snapshots.all.first { $0.name == name }?.snapshot)
        let page = try page(snapshot, format)
        let file = Self.folder.appending(path: "\(name).\(format).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(page.body).write(to: file)
        }
        let golden = [UInt8](try Data(contentsOf: file))
        #expect(page.body == golden, "\(String(decoding: page.body, as: UTF8.self))")
    }

    @Test func everyFileHasItsSnapshot() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let names = Snapshots.all.flatMap { one in Self.accepts.keys.map { "\(one.name).\($0).txt" }
        }
        #expect(files.sorted() == names.sorted())
    }

    private func lines(_ text: PrometheusText, _ snapshot: MetricsSnapshot) -> [String] {
        String(decoding: text.page(of: snapshot, accept: nil).body, as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    private let gauge = Snapshots.make([Snapshots.gauge("g", [Snapshots.point(.int(1))])])

    @Test func whatIsNotWantedIsLeftOut() {
        #expect(lines(PrometheusText(), gauge).last == #"g{otel_scope_name="lib"} 1"#)
        var text = PrometheusText()
        text.hasScopeLabels = false
        text.hasTargetInfo = false
        #expect(lines(text, gauge) == ["# TYPE g gauge", "g 1"])
    }

    @Test func creationTimesAreNotToldUnlessWanted() {
        let sums = Snapshots.make([Snapshots.sum("s", [Snapshots.point(.int(1))])])
        let accept = "application/openmetrics-text"
        let body = PrometheusText().page(of: sums, accept: accept).body
        #expect(!String(decoding: body, as: UTF8.self).contains("_created"))
    }

    /// Prometheus refuses none of it, but keeps the first of two lines.
    @Test func ofTwoSeriesWithTheSameLabelsTheFirstIsShown() {
        var text = PrometheusText()
        text.hasScopeLabels = false
        text.hasTargetInfo = false
        let points = [
            Snapshots.point(.int(1), ["a": ""]), Snapshots.point(.int(2)),
            Snapshots.point(.int(3), ["b": "x"]),
        ]
        let page = text.page(of: Snapshots.make([Snapshots.gauge("g", points)]), accept: nil)
        #expect(
            String(decoding: page.body, as: UTF8.self) == "# TYPE g gauge\ng 1\ng{b=\"x\"} 3\n")
        #expect(
            page.problems == ["Several series of g have the same labels; the first one is shown."])
    }

    /// Its labels are not taken by a series that is not shown.
    @Test func aCounterBelowZeroHidesNoOther() {
        var text = PrometheusText()
        text.hasScopeLabels = false
        text.hasTargetInfo = false
        let points = [
            Snapshots.point(.int(-1), ["a.b": "1"]), Snapshots.point(.int(5), ["a_b": "1"]),
        ]
        let page = text.page(
            of: Snapshots.make([Snapshots.sum("s", points)]), accept: "application/openmetrics-text"
        )
        let lines = String(decoding: page.body, as: UTF8.self).split(separator: "\n")
        #expect(
            lines.filter { !$0.hasPrefix("#") } == [#"s_bytes_total{a_b="1"} 5"#])
        #expect(page.problems.count == 1)
    }

    @Test func anEmptySnapshotIsAnEmptyPage() {
        let empty = MetricsSnapshot(resource: Resource(), time: 1, scopes: [])
        #expect(PrometheusText().page(of: empty, accept: nil).body == [])
        let open = PrometheusText().page(of: empty, accept: "application/openmetrics-text")
        #expect(open.body == Array("# EOF\n".utf8))
    }
}
