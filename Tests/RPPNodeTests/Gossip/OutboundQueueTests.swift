import RPPTelemetry
import Testing

@testable import rpp_node

struct OutboundQueueTests {
    @Test func framesLeaveInOrderAndInParts() {
        var queue = OutboundQueue()
        var left: [UInt8] = []
        for number in 0..<200 {
            let isTaken = queue.append([UInt8(number), 1, 2], topic: .meta)
            #expect(isTaken)
        }
        while let next = queue.next {
            left.append(next.bytes[next.bytes.startIndex])
            queue.advance(by: 1)
        }
        #expect(left == (0..<200).flatMap { [UInt8($0), 1, 2] })
        #expect(queue.isEmpty)
    }

    @Test func theLimitHolds() {
        var queue = OutboundQueue()
        let half = [UInt8](repeating: 0, count: OutboundQueue.maximumBytes / 2)
        let answers = (0..<3).map { _ in queue.append(half, topic: .proofs) }
        #expect(answers == [true, true, false])
        queue.advance(by: half.count)
        let isTaken = queue.append(half, topic: .proofs)
        #expect(isTaken)
    }
}
