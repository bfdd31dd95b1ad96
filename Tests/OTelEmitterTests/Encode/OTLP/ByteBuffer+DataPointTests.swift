import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct ByteBufferDataPointTests {
    private func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return String(decoding: buffer.bytes(), as: UTF8.self)
    }

    private func text<Point: EncodedPoint>(_ point: Point, _ common: Point.Common) -> String {
        var renderings = AttributeRenderings()
        var times = PointTimes(time: .max)
        return text { buffer in
            withUnsafePointer(to: point) {
                Point.append($0, to: &buffer, &renderings, &times, common)
            }
        }
    }

    private func text(_ point: HistogramPoint, bounds: String = "") -> String {
        var bounds = bounds
        return bounds.withUTF8 { text(point, UnsafeRawBufferPointer($0)) }
    }

    private let head = #"{"startTimeUnixNano":"1","timeUnixNano":"18446744073709551615","#

    @Test(arguments: [
        (Number.int(0), #""asInt":"0"}"#), (.int(.min), #""asInt":"-9223372036854775808"}"#),
        (.double(0), #""asDouble":0}"#), (.double(.nan), #""asDouble":"NaN"}"#),
    ])
    func aValueIsWrittenEvenIfZero(value: Number, expected: String) {
        let point = NumberPoint(attributes: .empty, start: 1, value: value)
        #expect(text(point, ()) == head + expected)
    }

    @Test func anEmptyHistogramPointHasASumAndNoExtremes() {
        let point = HistogramPoint(
            attributes: .empty, start: 1, count: 0, sum: 0, minimum: nil, maximum: nil,
            bucketCounts: [0, 0])
        #expect(
            text(point, bounds: #","explicitBounds":[5]"#)
                == head + #""count":"0","sum":0,"bucketCounts":["0","0"],"explicitBounds":[5]}"#)
    }

    @Test func extremesAreWrittenEvenIfZero() {
        let point = HistogramPoint(
            attributes: ["k": 1], start: 1, count: .max, sum: 0.5, minimum: 0, maximum: -0.0,
            bucketCounts: [.max])
        #expect(
            text(point)
                == #"{"attributes":[{"key":"k","value":{"intValue":"1"}}],"# + head.dropFirst()
                + #""count":"18446744073709551615","sum":0.5,"#
                + #""bucketCounts":["18446744073709551615"],"min":0,"max":-0.0}"#)
    }

    @Test func aHistogramWithoutASumHasNone() {
        let point = HistogramPoint(
            attributes: .empty, start: 1, count: 1, sum: nil, minimum: nil, maximum: nil,
            bucketCounts: [1])
        #expect(
            text(point) == head + #""count":"1","bucketCounts":["1"]}"#)
    }

    private func exponential(
        _ positive: ExponentialBuckets, _ negative: ExponentialBuckets, sum: Double? = 0,
        extremes: Double? = nil, scale: Int32 = 0, zeroCount: UInt64 = 0
    ) -> String {
        let point = ExponentialHistogramPoint(
            attributes: .empty, start: 1, count: 3, sum: sum, minimum: extremes,
            maximum: extremes, scale: scale, zeroCount: zeroCount, positive: positive,
            negative: negative)
        return text(point, ())
    }

    @Test func anExponentialHistogramWritesTheRangesThatHoldSomething() {
        let (some, none) = (
            ExponentialBuckets(offset: -2, counts: [1, 0, 2]), ExponentialBuckets()
        )
        let start = head + #""count":"3","sum":0,"scale":0,"zeroCount":"0""#
        let range = #"{"offset":-2,"bucketCounts":["1","0","2"]}"#
        #expect(exponential(none, none) == start + "}")
        #expect(exponential(ExponentialBuckets(offset: 9), none) == start + "}")
        #expect(exponential(some, none) == start + #","positive":\#(range)}"#)
        #expect(exponential(none, some) == start + #","negative":\#(range)}"#)
        #expect(exponential(some, some) == start + #","positive":\#(range),"negative":\#(range)}"#)
    }

    @Test func anExponentialHistogramsSumAndExtremesAreWrittenIfSet() {
        let none = ExponentialBuckets()
        let start = head + #""count":"3","#
        #expect(exponential(none, none, sum: nil) == start + #""scale":0,"zeroCount":"0"}"#)
        #expect(
            exponential(none, none, sum: .infinity, extremes: -0.0)
                == start + #""sum":"Infinity","scale":0,"zeroCount":"0","min":-0.0,"max":-0.0}"#)
    }

    @Test func scaleAndOffsetAreNumbersAndCountsAreStringsAtTheirLimits() {
        let lowest = ExponentialBuckets(offset: .min, counts: [.max])
        let highest = ExponentialBuckets(offset: .max, counts: [0])
        #expect(
            exponential(lowest, highest, sum: nil, scale: .min, zeroCount: .max)
                == head + #""count":"3","scale":-2147483648,"zeroCount":"18446744073709551615","#
                + #""positive":{"offset":-2147483648,"bucketCounts":["18446744073709551615"]},"#
                + #""negative":{"offset":2147483647,"bucketCounts":["0"]}}"#)
        #expect(exponential(lowest, highest, scale: .max).contains(#""scale":2147483647,"#))
    }

    private func exemplars(_ exemplars: Exemplar...) -> String {
        let point = NumberPoint(attributes: .empty, start: 1, value: .int(0), exemplars: exemplars)
        return text(point, ())
    }

    @Test func anExemplarHasItsTimeAndValueEvenIfZero() {
        let start = head + #""asInt":"0","exemplars":["#
        #expect(
            exemplars(Exemplar(value: .int(0), time: 0), Exemplar(value: .double(0), time: .max))
                == start + #"{"timeUnixNano":"0","asInt":"0"},"#
                + #"{"timeUnixNano":"18446744073709551615","asDouble":0}]}"#)
        #expect(exemplars() == head + #""asInt":"0"}"#)
    }

    @Test func anExemplarsIdentifiersAreLowerCaseHexadecimalOfFullLength() {
        let context = TraceContext(
            traceID: (high: 0xAB, low: 0xFFFF_FFFF_FFFF_FFFF), spanID: 0xC, isSampled: true)
        #expect(
            exemplars(Exemplar(value: .int(1), time: 2, context: context))
                == head + #""asInt":"0","exemplars":[{"timeUnixNano":"2","asInt":"1","#
                + #""spanId":"000000000000000c","traceId":"00000000000000abffffffffffffffff"}]}"#)
    }

    @Test func anExemplarsFilteredAttributesAreAListOfTheirOwn() {
        let exemplar = Exemplar(
            value: .double(.nan), time: 2, filteredAttributes: ["b": true, "a\"": .empty])
        #expect(
            exemplars(exemplar)
                == head + #""asInt":"0","exemplars":[{"filteredAttributes":["#
                + #"{"key":"a\"","value":{}},{"key":"b","value":{"boolValue":true}}],"#
                + #""timeUnixNano":"2","asDouble":"NaN"}]}"#)
    }

    @Test func exemplarsStandInEveryKindOfPoint() {
        let exemplars = [Exemplar(value: .int(1), time: 2)]
        let written = #","exemplars":[{"timeUnixNano":"2","asInt":"1"}]"#
        let histogram = HistogramPoint(
            attributes: .empty, start: 1, count: 0, sum: nil, minimum: 0, maximum: 0,
            bucketCounts: [0], exemplars: exemplars)
        #expect(text(histogram).contains(written + #","min":0"#))
        let exponential = ExponentialHistogramPoint(
            attributes: .empty, start: 1, count: 0, sum: nil, minimum: 0, maximum: 0, scale: 0,
            zeroCount: 0, positive: ExponentialBuckets(), exemplars: exemplars)
        #expect(text(exponential, ()).contains(written + #","min":0"#))
    }

    @Test func temporalitiesAreIntegers() {
        #expect(text { $0.append(.delta as Temporality) } == ",\"aggregationTemporality\":1")
        #expect(text { $0.append(.cumulative as Temporality) } == ",\"aggregationTemporality\":2")
    }

    @Test func aSchemaURLIsEscapedAndLeftOutIfEmpty() {
        #expect(text { $0.append(schemaURL: "") }.isEmpty)
        #expect(text { $0.append(schemaURL: "a\"b") } == #","schemaUrl":"a\"b""#)
    }
}
