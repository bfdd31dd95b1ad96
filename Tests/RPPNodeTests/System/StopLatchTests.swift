import Testing

@testable import rpp_node

struct StopLatchTests {
    @Test func aRequestIsSeenByEveryWaiterAtOnce() throws {
        let latch = try StopLatch()
        #expect(!latch.isRequested)
        latch.request()
        latch.request()
        #expect(latch.isRequested)
        let far = MonotonicInstant.now.advanced(by: .seconds(3600))
        for _ in 0..<3 { #expect(latch.wait(until: far)) }
    }

    @Test func withoutARequestTheDeadlineEndsTheWait() throws {
        let latch = try StopLatch()
        let end = MonotonicInstant.now.advanced(by: .milliseconds(5))
        #expect(!latch.wait(until: end))
        #expect(MonotonicInstant.now >= end)
        #expect(!latch.wait(until: .now.advanced(by: .seconds(-1))))
    }
}
