import JSONText
import Testing

@testable import OTelEmitter

@Suite struct ByteBufferPrometheusTests {
    private func written(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return String(decoding: buffer.bytes(), as: UTF8.self)
    }

    @Test(arguments: [
        (1.0, "1", "1.0"), (0, "0", "0.0"), (0.05, "0.05", "0.05"),
        (67_108_864, "67108864", "67108864.0"),
        (.infinity, "+Inf", "+Inf"), (-.infinity, "-Inf", "-Inf"), (1e300, "1e+300", "1e+300"),
        (-2, "-2", "-2.0"), (-0.0, "-0.0", "-0.0"), (1e-7, "1e-07", "1e-07"),
    ])
    func numbersAreThoseOfGo(number: Double, value: String, bound: String) {
        #expect(written { $0.append(value: number) } == value)
        #expect(written { $0.append(bound: number) } == bound)
    }

    @Test func notANumberIsNaN() {
        #expect(written { $0.append(value: .nan) } == "NaN")
    }

    @Test(arguments: [
        (UInt64(0), "0.000000000"), (1_700_000_060_000_000_001, "1700000060.000000001"),
        (999_999_999, "0.999999999"), (.max, "18446744073.709551615"),
    ])
    func timesAreSeconds(nanoseconds: UInt64, text: String) {
        #expect(written { $0.append(seconds: nanoseconds) } == text)
    }

    @Test func aLineBeginsWithNameAndLabels() {
        let labels = #"a="x""#
        let bound = #"le="2.0""#
        func begin(_ name: String, _ labels: String, _ last: String = "") -> String {
            var text = ByteBuffer()
            text.append(text: labels)
            var buffer = ByteBuffer()
            buffer.append(series: PrometheusSeriesName(name), text, last: Array(last.utf8))
            return String(decoding: buffer.bytes(), as: UTF8.self)
        }
        #expect(begin("m", "") == "m ")
        #expect(begin("m", labels) == #"m{a="x"} "#)
        #expect(begin("m", labels, bound) == #"m{a="x",le="2.0"} "#)
        #expect(begin("m", "", bound) == #"m{le="2.0"} "#)
        #expect(begin("m.n\"", "") == #"{"m.n\""} "#)
        #expect(begin("m.n", labels) == #"{"m.n",a="x"} "#)
        #expect(begin("m.n", "", bound) == #"{"m.n",le="2.0"} "#)
        #expect(begin("m.n", labels, bound) == #"{"m.n",a="x",le="2.0"} "#)
    }
}
