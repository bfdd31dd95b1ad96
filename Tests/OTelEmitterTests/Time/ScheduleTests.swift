import Testing

@testable import OTelEmitter

@Suite struct ScheduleTests {
    private func at(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    private func make(_ interval: Duration = .milliseconds(100)) -> Schedule {
        Schedule(interval: interval, from: at(1000))
    }

    @Test func theFirstCollectionIsDueAfterOneInterval() {
        var schedule = make()
        #expect(schedule.next == at(1100))
        #expect(schedule.isDue(at: at(1000)) == false)
        #expect(schedule.isDue(at: MonotonicTime(nanoseconds: 1_099_999_999)) == false)
        #expect(schedule.isDue(at: at(1100)) == true)
        #expect(schedule.isDue(at: at(1100)) == false)
    }

    @Test func intervalsAreCountedFromStartToStart() {
        var schedule = make()
        var due: [Int64] = []
        for time in stride(from: Int64(1000), through: 1500, by: 7)
        where schedule.isDue(at: at(time)) {
            due.append(time)
        }
        // The first looks at or after 1100, 1200, 1300, 1400 and 1500: no drift.
        #expect(due == [1105, 1203, 1301, 1406])
        #expect(schedule.next == at(1500))
    }

    @Test func howeverManyWereMissedOnlyOneIsMadeUpFor() {
        var schedule = make()
        #expect(schedule.isDue(at: at(1_000_050)) == true)
        #expect(schedule.isDue(at: at(1_000_050)) == false)
        #expect(schedule.next == at(1_000_100))
    }

    @Test(arguments: [Duration.zero, .seconds(-5), .nanoseconds(1)])
    func anIntervalBelowAMillisecondIsOne(interval: Duration) {
        var schedule = make(interval)
        #expect(schedule.next == at(1001))
        #expect(schedule.isDue(at: at(1001)) == true)
        #expect(schedule.next == at(1002))
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(1e20)])
    func anIntervalBeyondAllTimeIsNeverDue(interval: Duration) {
        var schedule = make(interval)
        #expect(schedule.next == .distantFuture)
        #expect(schedule.isDue(at: at(1_000_000_000)) == false)
        #expect(schedule.isDue(at: .distantFuture) == true)
    }
}
