import Testing

@testable import OTelEmitter

@Suite struct PushReportTests {
    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func anOutageIsToldEveryTenMinutesAndItsEnd() {
        var report = PushReport()
        let told = (0..<30).filter {
            report.failed(at: at(Int64($0) * 60), endpoint: "e", reason: "r") != nil
        }
        #expect(told == [0, 10, 20])
        let end = report.delivered(at: at(1800), endpoint: "e")
        #expect(end == .pushRecovered(endpoint: "e", after: .seconds(1800)))
        #expect(report.delivered(at: at(1801), endpoint: "e") == nil)
    }

    @Test func flappingFillsNoLog() {
        var report = PushReport()
        var lines = 0
        for second in 0..<3600 as Range<Int64> {
            let line =
                second.isMultiple(of: 2)
                ? report.failed(at: at(second), endpoint: "e", reason: "\(second)")
                : report.delivered(at: at(second), endpoint: "e")
            if line != nil { lines += 1 }
        }
        #expect((2...PushReport.hourlyLimit).contains(lines), "\(lines)")
    }
}
