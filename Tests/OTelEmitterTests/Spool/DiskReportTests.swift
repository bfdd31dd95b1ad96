import Glibc
import Testing

@testable import OTelEmitter

@Suite struct DiskReportTests {
    private let error = SpoolError(.store, "d", ErrorNumber(ENOSPC))

    private func at(_ minutes: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: minutes * 60_000_000_000)
    }

    private var failing: SpoolChange {
        var change = SpoolChange()
        change.trouble = error
        return change
    }

    private var recovered: SpoolChange {
        var change = SpoolChange()
        change.recovered = .seconds(60)
        return change
    }

    @Test func troubleThatLastsIsToldEveryTenMinutes() {
        var report = DiskReport()
        var lines: [Int64: [EmitterDiagnostic]] = [:]
        for minute in Int64(0)..<120 {
            let change = minute == 0 ? failing : SpoolChange()
            let told = report.changed(change, at: at(minute), waitingPoints: Int(minute))
            if !told.isEmpty { lines[minute] = told }
        }
        #expect(lines.keys.sorted() == Array(stride(from: 0, to: 120, by: 10)))
        #expect(
            lines[110] == [.spoolFailing(reason: error.description, waitingPoints: 110)])
        let end = report.changed(recovered, at: at(120), waitingPoints: 0)
        #expect(end == [.spoolRecovered(after: .seconds(60))])
        #expect(report.changed(SpoolChange(), at: at(150), waitingPoints: 0).isEmpty)
    }

    /// It works for a moment, and fails for another reason.
    @Test func troubleThatGoesOnIsNotToldAsOver() {
        var (report, troubles, change) = (DiskReport(), SpoolTroubles(), SpoolChange())
        troubles.failed(SpoolError(.remove, "d", ErrorNumber(EIO)), at: at(0), &change)
        #expect(report.changed(change, at: at(0), waitingPoints: 0).count == 1)
        change = SpoolChange()
        troubles.worked(.remove, at: at(5), &change)
        troubles.failed(error, at: at(5), &change)
        #expect(report.changed(change, at: at(5), waitingPoints: 0) == [])
        let reminder = report.changed(SpoolChange(), at: at(10), waitingPoints: 7)
        #expect(reminder == [.spoolFailing(reason: error.description, waitingPoints: 7)])
    }

    @Test func aDiskThatFlapsFillsNoLog() {
        var report = DiskReport()
        var lines: [EmitterDiagnostic] = []
        for second in Int64(0)..<3600 {
            let time = MonotonicTime(nanoseconds: second * 1_000_000_000)
            var change = second % 2 == 0 ? failing : recovered
            change.lose(1, .expired)
            lines += report.changed(change, at: time, waitingPoints: 1)
        }
        #expect(lines.count <= DiskReport.hourlyLimit + 1)
        #expect(lines.count >= DiskReport.hourlyLimit - 1)
    }

    @Test func lossesAreSummedUp() {
        var report = DiskReport()
        var change = SpoolChange()
        change.lose(3, .expired)
        change.skippedFiles = 1
        let first = report.changed(change, at: at(0), waitingPoints: 0)
        #expect(first == [.spoolGaveUp(points: 3, unreadableFiles: 1)])
        #expect(report.changed(change, at: at(5), waitingPoints: 0).isEmpty)
        let second = report.changed(change, at: at(10), waitingPoints: 0)
        #expect(second == [.spoolGaveUp(points: 6, unreadableFiles: 2)])
    }
}
