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

    @Test func flappingTellsNoMoreThanTheHourMayHave() {
        var report = OutageReport()
        var times: [Int] = []
        for second in 0..<7200 {
            let line =
                second % 2 == 0
                ? fail(&report, at: Int64(second), lost: second)
                : deliver(&report, at: Int64(second), lost: second)
            if line != nil { times.append(second) }
        }
        let busiest = times.map { start in
            times.filter { $0 >= start && $0 < start + 3600 }.count
        }.max()
        #expect(busiest == OutageReport.hourlyLimit)
        #expect(times.contains { $0 >= 3600 })
    }

    @Test func theNextEndThatIsToldHasTheLossesOfThoseThatWereNot() {
        var report = OutageReport()
        for second in 0..<100 {
            _ =
                second % 2 == 0
                ? fail(&report, at: Int64(second)) : deliver(&report, at: Int64(second))
        }
        #expect(fail(&report, at: 200, lost: 5) == nil)
        #expect(deliver(&report, at: 201, lost: 9) == nil)
        #expect(fail(&report, at: 4000, lost: 9) != nil)
        #expect(
            deliver(&report, at: 4001, lost: 10)
                == .deliveryRecovered(endpoint: "e", after: .seconds(1), lostPoints: 10))
    }
}
