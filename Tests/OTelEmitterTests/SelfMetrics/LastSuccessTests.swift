import Instruments
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
        let now = Monitor(MonotonicTime(nanoseconds: 5))
        let success = LastSuccess(
            EmitterClock(now: { now.change { $0 } }, wall: { 1_700_000_000_000_000_000 }))
        #expect(try seconds(success) == 0)
        now.change { $0 = $0 + .seconds(90) }
        #expect(try seconds(success) == 90)
        success.happened(at: now.change { $0 })
        #expect(try seconds(success) == 0)
        now.change { $0 = $0 + .milliseconds(1500) }
        #expect(try seconds(success) == 1.5)
    }
}
