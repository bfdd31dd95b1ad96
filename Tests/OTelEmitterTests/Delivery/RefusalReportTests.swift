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
        // The sum of those that had to make room comes before a new one.
        let untold = 3601 - RefusalReport.causeLimit - RefusalReport.hourlyLimit
        #expect(
            report.refused(at: at(61), endpoint: "e", reason: "x", points: 1)
                == .rejected(endpoint: "e", reason: "several reasons", points: untold))
        #expect(
            report.refused(at: at(61), endpoint: "e", reason: "y", points: 1)
                == .rejected(endpoint: "e", reason: "y", points: 1))
    }

    /// A receiver that writes a request's number into each message: all that is untold is told in
    /// time, but for what was refused since and the latest few.
    @Test func sumsAreToldThoughEachReasonIsNew() {
        var report = RefusalReport()
        var told = 0
        for minute in Int64(0)..<600 {
            let line = report.refused(
                at: at(minute), endpoint: "e", reason: "request \(minute)", points: 100)
            if case .rejected(_, _, let points)? = line { told += points }
        }
        #expect(told >= 100 * (600 - 60 - RefusalReport.causeLimit))
    }

    @Test func eachCauseHasASumOfItsOwn() {
        var report = RefusalReport()
        func refused(_ minute: Int64, _ endpoint: String, _ reason: String, _ points: Int)
            -> EmitterDiagnostic?
        {
            report.refused(at: at(minute), endpoint: endpoint, reason: reason, points: points)
        }
        #expect(
            refused(0, "e", "500", 1) == .rejected(endpoint: "e", reason: "500", points: 1))
        #expect(refused(1, "e", "500", 200) == nil)
        #expect(
            refused(2, "e", "501", 100) == .rejected(endpoint: "e", reason: "501", points: 100))
        #expect(refused(3, "f", "501", 7) == .rejected(endpoint: "f", reason: "501", points: 7))
        #expect(refused(4, "e", "501", 50) == nil)
        // What an earlier cause had untold is told when its time has come, whoever refuses.
        #expect(
            refused(11, "e", "501", 50) == .rejected(endpoint: "e", reason: "500", points: 200))
        #expect(
            refused(12, "e", "501", 1) == .rejected(endpoint: "e", reason: "501", points: 101))
    }

    @Test func whatManyCausesHadUntoldIsSummedUp() {
        var report = RefusalReport()
        let count = RefusalReport.causeLimit + RefusalReport.hourlyLimit + 2
        for cause in 0..<count {
            _ = report.refused(at: at(0), endpoint: "e", reason: "\(cause)", points: 1)
        }
        var told: [String: Int] = [:]
        for minute in Int64(60)..<400 {
            let line = report.refused(at: at(minute), endpoint: "e", reason: "x", points: 1)
            guard case .rejected(_, let reason, let points)? = line else { continue }
            told[reason, default: 0] += points
        }
        // All but those that were told at once.
        let untold = told.filter { $0.key != "x" }.values.reduce(0, +)
        #expect(untold == count - RefusalReport.hourlyLimit)
        #expect(told["several reasons"] == 3)
    }
}
