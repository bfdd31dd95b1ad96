import Instruments
import InstrumentsTesting
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct LastSuccessTests {
    /// The gauge's only value, in seconds.
    private func seconds(_ success: LastSuccess) throws -> Double {
        let scope = try #require(success.scopes().first)
        #expect(scope.scope == OwnMetric.scope)
        let metric = try #require(scope.metrics.first)
        #expect(metric.descriptor.name == "otelemitter.last_success.age")
        #expect(metric.descriptor.unit == "s")
        guard case .gauge(let points) = metric.data, points.count == 1,
            case .double(let value) = points[0].value
        else {
            Issue.record("\(metric)")
            return .nan
        }
        return value
    }

    @Test func itGrowsWithoutAnybodyWhoRecords() throws {
        let uptime = SteppedClock(start: 5)
        let success = LastSuccess(
            .stepped(uptime: uptime.now, wall: { 1_700_000_000_000_000_000 }))
        #expect(try seconds(success) == 0)
        uptime.advance(by: .seconds(90))
        #expect(try seconds(success) == 90)
        success.happened(at: MonotonicTime(nanoseconds: Int64(uptime.now())))
        #expect(try seconds(success) == 0)
        uptime.advance(by: .milliseconds(1500))
        #expect(try seconds(success) == 1.5)
    }
}
