import Foundation
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite(
    .enabled(
        if: Oracle.isWanted,
        "set OTEL_EMITTER_PYTHON to a Python with Tests/Oracle/requirements.txt installed"))
struct OracleTests {
    private func requests(
        _ snapshot: MetricsSnapshot, points: Int = .max, bytes: Int = .max
    ) -> [[UInt8]] {
        var limits = BatchLimits()
        limits.points = points
        limits.bytes = bytes
        var encoder = OTLPEncoder(limits: limits)
        var requests: [[UInt8]] = []
        encoder.encode(snapshot) { bytes, _ in requests.append(Array(bytes)) }
        return requests
    }

    @Test func bothOfficialParsersReadWhatTheSnapshotHolds() throws {
        var cases: [Oracle.Case] = []
        for seed in UInt64(0)..<750 {
            let snapshot = RandomSnapshot.make(seed: seed)
            var random = SeededRandom(seed: seed)
            let points = random.pick([1, 2, 5, Int.max])
            let bytes = random.pick([600, 4000, Int.max])
            cases.append(
                Oracle.Case(
                    name: "seed-\(seed)", expected: ExpectedLines.make(snapshot),
                    requests: requests(snapshot, points: points, bytes: bytes)))
        }
        let points = cases.reduce(0) { $0 + $1.expected.count }
        let verdict = try Oracle.compare(cases)
        #expect(verdict.status == 0, "\(verdict.output.prefix(4000))")
        #expect(
            verdict.output.hasSuffix("compared 750 cases, \(points) points, 0 failures\n"),
            "\(verdict.output.suffix(300))")
        #expect(points > 5000)
    }

    @Test func bothReadWhatInstrumentsRecorded() throws {
        let provider = MeterProvider(resource: Resource(["service.name": "s"], schemaURL: "u"))
        let meter = provider.meter("m", version: "1", attributes: ["k": .array([1, "x"])])
        meter.counter("c").add(.max, ["k": "\u{0}\"\\"])
        meter.counter("d", of: Double.self).add(0.1)
        meter.histogram("h", unit: "ms").record(7)
        meter.histogram("n", boundaries: []).record(0)
        for value in [Double.nan, .infinity, -.infinity, -0.0] {
            meter.gauge("g").record(value, ["v": .double(value)])
        }
        let snapshot = provider.collect()
        let one = Oracle.Case(
            name: "recorded", expected: ExpectedLines.make(snapshot), requests: requests(snapshot))
        let verdict = try Oracle.compare([one])
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(one.expected.count == 8)
    }

    @Test func bothReadExponentialHistogramsAndExemplarsThatInstrumentsRecorded() throws {
        let context = TraceContext(traceID: (high: 1, low: .max), spanID: 15, isSampled: true)
        let views = [
            View(View.Selector(kind: .gauge), aggregation: .exponentialBuckets()),
            View(View.Selector(kind: .upDownCounter), aggregation: .explicitBuckets()),
        ]
        let provider = MeterProvider(
            views: views, histogramAggregation: .exponentialBuckets(maximumSize: 20),
            traceContext: { context })
        let meter = provider.meter("m")
        let (up, spread) = (meter.upDownCounter("u"), meter.histogram("h"))
        let level = meter.gauge("g", keeping: ["kept"])
        for value in [
            0, .leastNonzeroMagnitude, 1e-300, 0.1, 1, 2, 1e300, .greatestFiniteMagnitude,
        ] {
            up.add(value > 1 ? 3 : -4)
            spread.record(value)
            level.record(-value, ["kept": "k", "removed": .double(value)])
        }
        meter.counter("c", keeping: []).add(7, ["removed": "\"\u{0}"])
        let first = provider.collect()
        for value in [0, 1, 1e-9] {
            up.add(-1)
            spread.record(value)
            level.record(value, ["kept": "k"])
        }
        let second = provider.collect().delta(since: first)
        let cases = [("first", first), ("delta", second)].map { name, snapshot in
            Oracle.Case(
                name: name, expected: ExpectedLines.make(snapshot), requests: requests(snapshot))
        }
        let verdict = try Oracle.compare(cases)
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(cases.map(\.expected.count) == [4, 3])
        #expect(cases[0].expected.allSatisfy { !$0.contains(" <> ") })
    }
}
