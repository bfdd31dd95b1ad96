import Testing

@testable import OTelEmitter

@Suite struct RefusalReportTests {
    private func at(_ minutes: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: minutes * 60_000_000_000)
    }

    @Test func theFirstIsToldAndTheSameReasonAgainAfterTenMinutes() {
        var report = RefusalReport()
        let told = (0..<25).map { minute in
            report.refused(at: at(minute), endpoint: "e", reason: "r", points: 2) != nil
        }
        #expect(told.indices.filter { told[$0] } == [0, 10, 20])
        let last = report.refused(at: at(30), endpoint: "e", reason: "r", points: 2)
        #expect(last == .rejected(endpoint: "e", reason: "r", points: 10))
    }

    @Test func aNewReasonIsToldAtOnce() {
        var report = RefusalReport()
        #expect(report.refused(at: at(0), endpoint: "e", reason: "a", points: 1) != nil)
        #expect(report.refused(at: at(0), endpoint: "e", reason: "b", points: 1) != nil)
        #expect(report.refused(at: at(0), endpoint: "e", reason: "b", points: 1) == nil)
    }

    @Test func aReceiverWithEverNewReasonsFillsNoLog() {
        var report = RefusalReport()
        var lines = 0
        for second in 0..<3600 {
            let time = MonotonicTime(nanoseconds: Int64(second) * 1_000_000_000)
            let told = report.refused(at: time, endpoint: "e", reason: "\(second)", points: 1)
            lines += told == nil ? 0 : 1
        }
        #expect(lines == RefusalReport.hourlyLimit)
        let next = report.refused(at: at(61), endpoint: "e", reason: "x", points: 1)
        #expect(next == .rejected(endpoint: "e", reason: "x", points: 3593))
    }
}
