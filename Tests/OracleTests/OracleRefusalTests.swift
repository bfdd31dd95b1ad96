import Foundation
import Instruments
import Testing

@testable import OTelEmitter

/// What the oracle must not accept.
@Suite(
    .enabled(
        if: Oracle.isWanted,
        "set OTEL_EMITTER_PYTHON to a Python with Tests/Oracle/requirements.txt installed"))
struct OracleRefusalTests {
    private func requests(_ snapshot: MetricsSnapshot) -> [[UInt8]] {
        var encoder = OTLPEncoder(limits: BatchLimits())
        var requests: [[UInt8]] = []
        encoder.encode(snapshot) { bytes, _ in requests.append(Array(bytes)) }
        return requests
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
                            descriptor: MetricDescriptor(
                                name: "m", unit: "By", metadata: ["t": "c"]),
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
            (#""unit":"By""#, #""unit":"by""#),
            (#""stringValue":"c""#, #""stringValue":"d""#),
            (#","metadata":[{"key":"t","value":{"stringValue":"c"}}]"#, ""),
            (#""isMonotonic":true"#, #""isMonotonic":false"#),
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
            negative: ExponentialBuckets(offset: 9, counts: [2]), zeroThreshold: 0.5,
            exemplars: [exemplar])
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
            (#""zeroThreshold":0.5"#, #""zeroThreshold":"0.5""#), (#","zeroThreshold":0.5"#, ""),
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
