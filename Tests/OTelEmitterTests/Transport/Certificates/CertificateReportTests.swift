import Testing

@testable import OTelEmitter

@Suite struct CertificateReportTests {
    /// What is told of problems at these seconds.
    private func told(_ problems: [(second: Int64, problem: String?)]) -> [EmitterDiagnostic?] {
        var report = CertificateReport()
        return problems.map { second, problem in
            report.checked(
                problem, at: MonotonicTime(nanoseconds: second * 1_000_000_000), endpoint: "e")
        }
    }

    @Test func filesInTheMidstOfBeingReplacedAreNoNews() {
        #expect(
            told([(0, "half"), (29, "half"), (30, nil), (40, "half")]) == [nil, nil, nil, nil])
    }

    @Test func whatLastsIsToldThenEveryHourAndItsEnd() {
        let lines = told((0..<200).map { ($0 * 60, "half") } + [(12_000, nil), (12_060, nil)])
        #expect(lines.indices.filter { lines[$0] != nil } == [1, 61, 121, 181, 200])
        #expect(lines[200] == .certificatesRecovered(endpoint: "e", after: .seconds(12_000)))
    }

    @Test func aNewReasonIsTold() {
        let lines = told([(0, "a"), (60, "a"), (120, "b")])
        #expect(
            lines == [
                nil, .certificatesFailing(endpoint: "e", reason: "a"),
                .certificatesFailing(endpoint: "e", reason: "b"),
            ])
    }

    @Test func changingReasonsFillNoLog() {
        let lines = told((0..<3600).map { ($0, "\($0)") } + [(3600, nil)])
        #expect(lines.compactMap { $0 }.count == CertificateReport.hourlyLimit)
    }
}
