import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// The walk-throughs of the specification's supplementary guidelines, with the numbers of that
/// document (*Guidelines for SDK authors*, *Aggregation temporality*).
@Suite struct SupplementaryGuidelinesTests {
    // MARK: The synchronous example

    /// (verb, status, duration in ms) of each interval, from T0 to T5.
    private static let requests: [[(status: Int64, duration: Double)]] = [
        [(200, 50), (200, 100), (500, 1)], [], [(500, 5), (500, 2)], [(200, 100)],
        [(200, 100), (200, 30), (200, 50)],
    ]

    private struct Row: Equatable {
        let status: Int64
        let count: UInt64
        let minimum: Double?
        let maximum: Double?
    }

    private func rows(_ snapshot: MetricsSnapshot) -> [Row] {
        let points = snapshot.metric("http.duration", scope: "m")?.data.histograms ?? []
        return points.map { point in
            var status: Int64 = 0
            if case .int(let value)? = point.attributes["status"] { status = value }
            return Row(
                status: status, count: point.count, minimum: point.minimum,
                maximum: point.maximum)
        }
    }

    /// Records the intervals; gives the snapshots of T1 to T5.
    private func measure() -> [MetricsSnapshot] {
        let provider = MeterProvider()
        let histogram = provider.meter("m").histogram("http.duration", unit: "ms")
        return Self.requests.map { interval in
            for request in interval {
                histogram.record(
                    request.duration, ["verb": "GET", "status": .int(request.status)])
            }
            return provider.collect()
        }
    }

    @Test func theSynchronousExampleCumulative() {
        let snapshots = measure()
        let first = [
            Row(status: 200, count: 2, minimum: 50, maximum: 100),
            Row(status: 500, count: 1, minimum: 1, maximum: 1),
        ]
        let third = [first[0], Row(status: 500, count: 3, minimum: 1, maximum: 5)]
        let fourth = [Row(status: 200, count: 3, minimum: 50, maximum: 100), third[1]]
        let fifth = [Row(status: 200, count: 6, minimum: 30, maximum: 100), third[1]]
        #expect(snapshots.map(rows) == [first, first, third, fourth, fifth])
    }

    /// Counts as in the document. Its minima and maxima can't be derived from cumulative state, as
    /// it says itself; only a series without a predecessor has them.
    @Test func theSynchronousExampleDelta() {
        let snapshots = measure()
        let previous: [MetricsSnapshot?] = [nil] + snapshots.dropLast()
        let deltas = zip(snapshots, previous).map { $0.delta(since: $1) }
        let counts = deltas.map { rows($0).map { [Int($0.status), Int($0.count)] } }
        #expect(
            counts == [[[200, 2], [500, 1]], [], [[500, 2]], [[200, 1]], [[200, 3]]])
        #expect(
            rows(deltas[0]) == [
                Row(status: 200, count: 2, minimum: 50, maximum: 100),
                Row(status: 500, count: 1, minimum: 1, maximum: 1),
            ])
        for (delta, earlier) in zip(deltas, previous).dropFirst() {
            for point in delta.metric("http.duration", scope: "m")?.data.histograms ?? [] {
                #expect(point.start == earlier?.time)
            }
        }
    }

    // MARK: The asynchronous example

    /// Page faults by process at T1 to T6.
    private static let faults: [[Int64: Int]] = [
        [1001: 50, 1002: 30], [1001: 53, 1002: 38], [1001: 56, 1002: 42], [1001: 60, 1002: 47],
        [1002: 53, 1003: 5], [1001: 10, 1002: 57, 1003: 8],
    ]

    /// Observes the page faults; gives the provider's creation time and the snapshots of T1 to T6.
    private func observe(views: [View] = []) -> (creation: UInt64, snapshots: [MetricsSnapshot]) {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider(views: views, now: clock.now)
        let round = Atomic(0)
        _ = provider.meter("m").observableCounter("faults", of: Int.self) { observer in
            for (process, count) in Self.faults[round.load(ordering: .relaxed)] {
                observer.observe(count, ["pid": .int(process)])
            }
        }
        let snapshots = Self.faults.indices.map { index in
            clock.set(to: 1000 * UInt64(index + 2))
            round.store(index, ordering: .relaxed)
            return provider.collect()
        }
        return (1000, snapshots)
    }

    private func points(_ snapshot: MetricsSnapshot) -> [NumberPoint] {
        snapshot.metric("faults", scope: "m")?.data.numbers ?? []
    }

    /// Value by process.
    private func table(_ snapshot: MetricsSnapshot) -> [Int64: Int] {
        Dictionary(
            uniqueKeysWithValues: points(snapshot).map { point in
                guard case .int(let process)? = point.attributes["pid"],
                    case .int(let value) = point.value
                else { return (0, 0) }
                return (process, Int(value))
            })
    }

    @Test func theAsynchronousExampleCumulative() {
        let (creation, snapshots) = observe()
        #expect(snapshots.map(table) == Self.faults)
        // Process 1002 counts from T0, 1003 from T4, and 1001, which has died and come back, from
        // T5: "it provides the previous callback time as the start time".
        let starts = Dictionary(
            uniqueKeysWithValues: points(snapshots[5]).map { ($0.attributes, $0.start) })
        #expect(starts[["pid": 1002]] == creation)
        #expect(starts[["pid": 1003]] == snapshots[3].time)
        #expect(starts[["pid": 1001]] == snapshots[4].time)
    }

    @Test func theAsynchronousExampleDelta() {
        let (_, snapshots) = observe()
        let previous: [MetricsSnapshot?] = [nil] + snapshots.dropLast()
        let deltas = zip(snapshots, previous).map { table($0.delta(since: $1)) }
        #expect(
            deltas == [
                [1001: 50, 1002: 30], [1001: 3, 1002: 8], [1001: 3, 1002: 4],
                [1001: 4, 1002: 5], [1002: 6, 1003: 5], [1001: 10, 1002: 4, 1003: 3],
            ])
    }

    @Test func theAsynchronousExampleWithoutTheProcess() {
        let (_, snapshots) = observe(views: [
            View(View.Selector(name: "faults"), attributes: .except(["pid"]))
        ])
        #expect(
            snapshots.map(points).map { $0.map(\.attributes) }
                == Array(repeating: [.empty], count: 6))
        let sums = snapshots.map { points($0).map(\.value) }
        #expect(sums == [80, 91, 98, 107, 58, 75].map { [.int($0)] })
        // The fall from 107 to 58 begins the series anew: the second of the document's ways.
        let starts = snapshots.map { points($0)[0].start }
        #expect(Set(starts[0...3]).count == 1)
        #expect(starts[4] > snapshots[2].time && starts[4] == starts[5])
    }
}
