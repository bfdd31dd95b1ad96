import Foundation
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct OutputLineTests {
    private func limits(points: Int) -> BatchLimits {
        var limits = BatchLimits()
        limits.points = points
        return limits
    }

    /// C13
    @Test func everyRequestIsALineOfJSON() throws {
        for seed in UInt64(0)..<200 {
            let snapshot = RandomSnapshot.make(seed: seed)
            let lines = OutputLine.json(snapshot, limits: limits(points: 3)) { _, _ in }
            #expect(lines.reduce(0) { $0 + $1.points } == snapshot.pointCount, "seed \(seed)")
            for line in lines {
                #expect(!line.bytes.contains(UInt8(ascii: "\n")), "seed \(seed)")
                #expect(!line.bytes.contains(UInt8(ascii: "\r")), "seed \(seed)")
                let object = try JSONSerialization.jsonObject(with: Data(line.bytes))
                #expect((object as? [String: Any])?.keys.sorted() == ["resourceMetrics"])
            }
        }
    }

    /// C13: the lines are what the exporter to a collector sends.
    @Test func theLinesAreTheRequests() {
        let snapshot = RandomSnapshot.make(seed: 11)
        let requests = Encoded.requests(of: snapshot, limits: limits(points: 2))
        let lines = OutputLine.json(snapshot, limits: limits(points: 2)) { _, _ in }
        #expect(lines == requests.map { OutputLine(bytes: $0.bytes, points: $0.points) })
    }

    @Test func everyPointIsALineOfText() {
        let snapshot = RandomSnapshot.make(seed: 12)
        let lines = OutputLine.text(snapshot)
        #expect(lines.count == snapshot.pointCount)
        #expect(lines.allSatisfy { $0.points == 1 && !$0.bytes.contains(UInt8(ascii: "\n")) })
    }

    @Test func nothingMakesNoLine() {
        let empty = MetricsSnapshot(resource: Resource(), time: 1, scopes: [])
        #expect(OutputLine.json(empty, limits: BatchLimits()) { _, _ in }.isEmpty)
        #expect(OutputLine.text(empty).isEmpty)
    }
}
