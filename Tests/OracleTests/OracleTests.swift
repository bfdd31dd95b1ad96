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

    /// An oracle that accepts everything is none: each of these differs in one thing.
    @Test func theOracleRefusesWhatIsWrong() throws {
        let point = NumberPoint(attributes: ["k": true], start: 1, value: .int(5))
        let histogram = HistogramPoint(
            attributes: .empty, start: 1, count: 3, sum: 2, minimum: 0, maximum: 1,
            bucketCounts: [1, 2])
        let snapshot = MetricsSnapshot(
            resource: Resource(["a": 1, "b": 2.5]), time: 2,
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "s"),
                    metrics: [
                        Metric(
                            descriptor: MetricDescriptor(name: "m", unit: "By"),
                            data: .sum([point], isMonotonic: true, temporality: .cumulative)),
                        Metric(
                            descriptor: MetricDescriptor(name: "h"),
                            data: .histogram([histogram], bounds: [1], temporality: .delta)),
                    ])
            ])
        let good = String(decoding: requests(snapshot)[0], as: UTF8.self)
        let expected = ExpectedLines.make(snapshot)
        let changes: [(String, String)] = [
            (#""asInt":"5""#, #""asInt":"6""#), (#""asInt":"5""#, #""asInt":5"#),
            (#""asInt":"5""#, #""asInt":"05""#), (#""asInt":"5""#, #""asDouble":5"#),
            (#""asInt":"5""#, #""asInt":"5","asDouble":5"#), (#""asInt":"5""#, #""asInt":null"#),
            (#""asInt":"5""#, #""asInt":"5","flags":null"#), (#","asInt":"5""#, ""),
            (#""timeUnixNano":"2""#, #""time_unix_nano":"2""#),
            (#""timeUnixNano":"2""#, #""timeUnixNano":2"#),
            (#""startTimeUnixNano":"1""#, #""startTimeUnixNano":"0""#),
            (#""boolValue":true"#, #""boolValue":false"#),
            (#""boolValue":true"#, #""boolValue":1"#),
            (#""doubleValue":2.5"#, #""doubleValue":2.5000000000000004"#),
            (#""doubleValue":2.5"#, #""doubleValue":NaN"#),
            (#""doubleValue":2.5"#, #""doubleValue":1e999"#),
            (#""key":"b""#, #""key":"a""#), (#""name":"m""#, #""name":"M""#),
            (#""unit":"By""#, #""unit":"by""#), (#""isMonotonic":true"#, #""isMonotonic":false"#),
            (#""aggregationTemporality":2"#, #""aggregationTemporality":1"#),
            (#""aggregationTemporality":2"#, #""aggregationTemporality":0"#),
            (#""bucketCounts":["1","2"]"#, #""bucketCounts":["2","1"]"#),
            (#""bucketCounts":["1","2"]"#, #""bucketCounts":["1","1"]"#),
            (#""bucketCounts":["1","2"]"#, #""bucketCounts":["3"]"#),
            (#""bucketCounts":["1","2"]"#, #""bucketCounts":[1,2]"#),
            (#""sum":2,"#, #""sum":3,"#), (#""sum":2,"#, ""), (#""min":0"#, #""min":-0.0"#),
            (#""min":0,"#, ""), (#""explicitBounds":[1]"#, #""explicitBounds":[2]"#),
            (#""scopeMetrics":[{"#, #""scopeMetrics":[{"metrics":[],"scope":{}},{"#), ("}", ""),
        ]
        try expectRefusals(of: changes, in: good, expected)
    }

    /// The same for exponential histograms and exemplars.
    @Test func theOracleRefusesWhatIsWrongInExponentialHistogramsAndExemplars() throws {
        let context = TraceContext(
            traceID: (high: 0xAB, low: 0xCD), spanID: 0xEF, isSampled: true)
        let exemplar = Exemplar(
            value: .int(7), time: 3, filteredAttributes: ["f": 8], context: context)
        let point = ExponentialHistogramPoint(
            attributes: .empty, start: 1, count: 21, sum: 2, minimum: -1, maximum: 4, scale: -3,
            zeroCount: 4, positive: ExponentialBuckets(offset: -5, counts: [6, 0, 9]),
            negative: ExponentialBuckets(offset: 9, counts: [2]), exemplars: [exemplar])
        let empty = HistogramPoint(
            attributes: .empty, start: 1, count: 3, sum: nil, minimum: nil, maximum: nil,
            bucketCounts: [3])
        let snapshot = MetricsSnapshot(
            resource: Resource(), time: 2,
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "s"),
                    metrics: [
                        Metric(
                            descriptor: MetricDescriptor(name: "e"),
                            data: .exponentialHistogram([point], temporality: .delta)),
                        Metric(
                            descriptor: MetricDescriptor(name: "h"),
                            data: .histogram([empty], bounds: [], temporality: .delta)),
                    ])
            ])
        let good = String(decoding: requests(snapshot)[0], as: UTF8.self)
        let trace = "00000000000000ab00000000000000cd"
        let changes: [(String, String)] = [
            (#""count":"21""#, #""count":"22""#), (#""count":"21""#, #""count":21"#),
            (#""zeroCount":"4""#, #""zeroCount":4"#), (#""zeroCount":"4""#, #""zeroCount":"3""#),
            (#""zeroCount":"4","#, ""), (#""scale":-3"#, #""scale":"-3""#),
            (#""scale":-3"#, #""scale":-2"#), (#""scale":-3"#, #""scale":-3.0"#),
            (#""scale":-3"#, #""scale":2147483648"#), (#""offset":-5"#, #""offset":"-5""#),
            (#""offset":-5"#, #""offset":-4"#), (#""offset":-5,"#, ""),
            (#"["6","0","9"]"#, #"["6","9","0"]"#), (#"["6","0","9"]"#, #"["6","0","8"]"#),
            (#"["6","0","9"]"#, #"[6,0,9]"#), (#"["6","0","9"]"#, "[]"),
            (#""positive""#, #""Positive""#), (#""positive""#, #""negative""#),
            (#","negative":{"offset":9,"bucketCounts":["2"]}"#, ""),
            (#""sum":2,"#, ""), (#""sum":2,"#, #""sum":null,"#), (#""min":-1"#, #""min":1"#),
            (#""max":4"#, #""max":null"#), (#","max":4"#, ""),
            (#""count":"3","#, #""count":"3","sum":0,"#),
            (#""exponentialHistogram""#, #""exponential_histogram""#),
            (trace, trace.uppercased()), (trace, String(trace.dropLast(2))), (trace, trace + "00"),
            (trace, String(trace.dropLast()) + "e"), (trace, String(trace.dropLast()) + "g"),
            (trace, "AAAAAAAAAKsAAAAAAAAAzQ=="), (trace, ""),
            (#""spanId":"00000000000000ef","#, ""), (#"00000000000000ef"#, #"00000000000000fe"#),
            (#""spanId""#, #""span_id""#), (#""traceId""#, #""traceID""#),
            (#""asInt":"7""#, #""asInt":7"#), (#""asInt":"7""#, #""asDouble":7"#),
            (#""asInt":"7","#, ""), (#""timeUnixNano":"3""#, #""timeUnixNano":"2""#),
            (#""timeUnixNano":"3""#, #""timeUnixNano":3"#), (#""timeUnixNano":"3","#, ""),
            (#""intValue":"8""#, #""intValue":"9""#), (#""key":"f""#, #""key":"g""#),
            (#""filteredAttributes""#, #""attributes""#),
        ]
        try expectRefusals(of: changes, in: good, ExpectedLines.make(snapshot))
    }

    /// The oracle accepts `good` and nothing that one of the changes makes of it.
    private func expectRefusals(
        of changes: [(String, String)], in good: String, _ expected: [String]
    ) throws {
        var cases = [
            Oracle.Case(name: "good", expected: expected, requests: [Array(good.utf8)]),
            Oracle.Case(name: "missing", expected: expected, requests: []),
            Oracle.Case(
                name: "twice", expected: expected, requests: [Array(good.utf8), Array(good.utf8)]),
            Oracle.Case(
                name: "bytes", expected: expected, requests: [[0xFF] + Array(good.utf8)]),
        ]
        for (index, change) in changes.enumerated() {
            let position = try #require(good.range(of: change.0))
            let bad = good.replacingCharacters(in: position, with: change.1)
            cases.append(
                Oracle.Case(
                    name: "change-\(index)", expected: expected, requests: [Array(bad.utf8)]))
        }
        let verdict = try Oracle.compare(cases)
        #expect(verdict.status == 1)
        #expect(
            Set(verdict.failed) == Set(cases.map(\.name)).subtracting(["good"]),
            "\(verdict.output.prefix(6000))")
    }
}
