import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct OTLPEncoderTests {
    /// Several scopes and metrics of every kind, with points of very different size.
    private static let snapshot = Snapshots.make(
        resource: Resource(["service.name": "s"], schemaURL: "https://r"),
        scopes: Snapshots.scopes.scopes
            + [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "last", schemaURL: "https://s"),
                    metrics: [
                        Snapshots.histogram(
                            "m.h", counts: [[1, 2, 3], [0, 0, 1]], bounds: [0.5, 1]),
                        Snapshots.gauge(
                            "m.g",
                            [
                                Snapshots.point(.double(.nan)),
                                Snapshots.point(
                                    .int(1), ["k": .string(String(repeating: "x", count: 200))]),
                            ]),
                        Snapshots.sum("m.s", [Snapshots.point(.int(1))], temporality: .delta),
                        Snapshots.exponentials(
                            "m.e",
                            [
                                Snapshots.exponential(
                                    ExponentialBuckets(offset: -1, counts: [1, 2, 3]),
                                    ExponentialBuckets(offset: 4, counts: [5]),
                                    exemplars: [
                                        Exemplar(
                                            value: .int(1), time: 2,
                                            filteredAttributes: ["f": "x"],
                                            context: Snapshots.trace)
                                    ]),
                                Snapshots.exponential(
                                    ExponentialBuckets(), sum: nil, zeroCount: 1),
                            ]),
                    ])
            ])

    /// What holds for every way of dividing a snapshot.
    private func check(
        _ requests: [Encoded], of snapshot: MetricsSnapshot, _ limits: BatchLimits,
        whole: [String], context: String
    ) throws {
        #expect(requests.reduce(0) { $0 + $1.points } == snapshot.pointCount, "\(context)")
        var lines: [String] = []
        for request in requests {
            let part = try request.flattened()
            #expect(part.count == request.points, "\(context)")
            #expect(request.points <= max(limits.points, 1), "\(context)")
            #expect(request.points == 1 || request.bytes.count <= limits.bytes, "\(context)")
            lines += part
        }
        #expect(lines == whole, "\(context)")
    }

    private func lines(_ snapshot: MetricsSnapshot) throws -> [String] {
        try Encoded.requests(of: snapshot).flatMap { try $0.flattened() }
    }

    @Test(arguments: [Int.min, -1, 0, 1, 2, 3, 5, 9, 10, 11, 12, 13, Int.max])
    func aSnapshotIsDividedByPoints(points: Int) throws {
        let limits = Encoded.limits(points: points)
        let requests = Encoded.requests(of: Self.snapshot, limits: limits)
        try check(
            requests, of: Self.snapshot, limits, whole: try lines(Self.snapshot),
            context: "\(points) points")
        let size = min(max(points, 1), Self.snapshot.pointCount)
        #expect(requests.dropLast().allSatisfy { $0.points == size })
        #expect(requests.count == (Self.snapshot.pointCount + size - 1) / size)
    }

    @Test func aSnapshotIsDividedAtEveryPossibleLimitOfBytes() throws {
        let whole = try lines(Self.snapshot)
        let size = Encoded.requests(of: Self.snapshot)[0].bytes.count
        var seen: [[Int]: [Encoded]] = [:]
        for limit in 0...(size + 400) {
            let limits = Encoded.limits(bytes: limit)
            let requests = Encoded.requests(of: Self.snapshot, limits: limits)
            // The same division has the same bytes and need not be parsed again.
            let division = requests.map(\.points)
            if let same = seen[division] {
                #expect(same == requests)
                for request in requests where request.points > 1 {
                    #expect(request.bytes.count <= limit, "\(limit) bytes")
                }
                continue
            }
            seen[division] = requests
            try check(
                requests, of: Self.snapshot, limits, whole: whole, context: "\(limit) bytes")
        }
        #expect(seen.count > 5)
        #expect(seen.keys.contains { $0.count == 1 })
        #expect(seen.keys.contains { $0.count == Self.snapshot.pointCount })
    }

    @Test func schemaURLsThatGrowWhenEscapedStayWithinTheLimit() throws {
        let url = String(repeating: "\u{1}\"", count: 100)
        let snapshot = Snapshots.make(
            resource: Resource(schemaURL: url),
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "s", schemaURL: url),
                    metrics: [
                        Snapshots.sum("m.s", (0..<40).map { Snapshots.point(.int($0)) })
                    ])
            ])
        let whole = try lines(snapshot)
        for limit in stride(from: 1000, through: 6000, by: 97) {
            let limits = Encoded.limits(bytes: limit)
            try check(
                Encoded.requests(of: snapshot, limits: limits), of: snapshot, limits, whole: whole,
                context: "\(limit) bytes")
        }
    }

    @Test func randomSnapshotsAreDividedWithoutLoss() throws {
        for seed in UInt64(0)..<60 {
            let snapshot = RandomSnapshot.make(seed: seed)
            let whole = try lines(snapshot)
            var random = SeededRandom(seed: seed)
            for _ in 0..<3 {
                let limits = Encoded.limits(
                    points: Int.random(in: 1...7, using: &random),
                    bytes: Int.random(in: 1...20_000, using: &random))
                let requests = Encoded.requests(of: snapshot, limits: limits)
                try check(requests, of: snapshot, limits, whole: whole, context: "seed \(seed)")
            }
        }
    }

    @Test(arguments: [
        Snapshots.make(scopes: []),
        Snapshots.make([]),
        Snapshots.make([
            Snapshots.sum("m.s", []), Snapshots.gauge("m.g", []),
            Snapshots.histogram("m.h", counts: [], bounds: [1]),
            Snapshots.exponentials("m.e", []),
        ]),
    ])
    func aSnapshotWithoutPointsGivesNoRequest(snapshot: MetricsSnapshot) {
        #expect(Encoded.requests(of: snapshot).isEmpty)
        #expect(Encoded.requests(of: snapshot, limits: Encoded.limits(points: 1, bytes: 1)).isEmpty)
    }

    @Test func aReusedEncoderLeavesNoResidue() {
        for limits in [Encoded.limits(), Encoded.limits(points: 2), Encoded.limits(bytes: 700)] {
            var encoder = OTLPEncoder(limits: limits)
            let order = (UInt64(0)..<40).map { RandomSnapshot.make(seed: $0 % 7) } + [Self.snapshot]
            for snapshot in order {
                #expect(
                    Encoded.requests(of: snapshot, by: &encoder)
                        == Encoded.requests(of: snapshot, limits: limits))
            }
        }
    }

    @Test func changedLimitsHoldForTheNextSnapshot() {
        var encoder = OTLPEncoder(limits: Encoded.limits())
        #expect(Encoded.requests(of: Self.snapshot, by: &encoder).count == 1)
        encoder.limits.points = 2
        #expect(
            Encoded.requests(of: Self.snapshot, by: &encoder)
                == Encoded.requests(of: Self.snapshot, limits: Encoded.limits(points: 2)))
    }

    @Test func equalSnapshotsHaveEqualBytes() {
        for seed in UInt64(0)..<50 {
            let (one, two) = (RandomSnapshot.make(seed: seed), RandomSnapshot.make(seed: seed))
            #expect(one == two, "seed \(seed)")
            #expect(Encoded.requests(of: one) == Encoded.requests(of: two), "seed \(seed)")
        }
    }
}
