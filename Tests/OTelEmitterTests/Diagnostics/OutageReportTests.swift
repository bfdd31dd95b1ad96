import Testing

@testable import OTelEmitter

@Suite struct OutageReportTests {
    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    private func fail(
        _ report: inout OutageReport, at seconds: Int64, waiting: Int = 1, lost: Int = 0
    ) -> EmitterDiagnostic? {
        report.attemptFailed(
            at: at(seconds), endpoint: "e", reason: "r\(seconds)", waitingPoints: waiting,
            lostPoints: lost)
    }

    private func deliver(
        _ report: inout OutageReport, at seconds: Int64, lost: Int = 0
    ) -> EmitterDiagnostic? {
        report.delivered(at: at(seconds), endpoint: "e", lostPoints: lost)
    }

    @Test func aDeliveryWithoutAnOutageIsNoNews() {
        var report = OutageReport()
        #expect(deliver(&report, at: 1) == nil)
    }

    @Test func theFirstFailureAndTheEndAreTold() {
        var report = OutageReport()
        #expect(
            fail(&report, at: 10, waiting: 7, lost: 5)
                == .deliveryFailing(endpoint: "e", reason: "r10", waitingPoints: 7))
        #expect(fail(&report, at: 11, lost: 6) == nil)
        #expect(
            deliver(&report, at: 15, lost: 8)
                == .deliveryRecovered(endpoint: "e", after: .seconds(5), lostPoints: 3))
        #expect(deliver(&report, at: 16, lost: 8) == nil)
    }

    @Test func anOutageIsRememberedEveryTenMinutes() {
        var report = OutageReport()
        let told = (0..<3600).filter { fail(&report, at: Int64($0)) != nil }
        #expect(told == [0, 600, 1200, 1800, 2400, 3000])
        #expect(deliver(&report, at: 3600) != nil)
    }

    @Test func aNewOutageIsToldAtOnceAndItsLossesAreItsOwn() {
        var report = OutageReport()
        _ = fail(&report, at: 0)
        _ = deliver(&report, at: 1, lost: 4)
        #expect(fail(&report, at: 2, lost: 4) != nil)
        #expect(
            deliver(&report, at: 4, lost: 4)
                == .deliveryRecovered(endpoint: "e", after: .seconds(2), lostPoints: 0))
    }
}
