import Testing

@testable import OTelEmitter

@Suite struct PrometheusUnitTests {
    @Test(arguments: [
        ("ms", "milliseconds"), ("By", "bytes"), ("1", ""), ("", ""), ("{peer}", ""),
        ("By/s", "bytes_per_second"), ("1/s", "per_second"), ("{x}/m", "per_minute"),
        ("Cel", "celsius"), ("a b", "a_b"), ("s}", ""), ("kBy", "kilobytes"),
        ("x/y/z", "x_per_y_z"), ("m|s", "m_s"), ("{a}s", ""),
    ])
    func unitsBecomeWords(unit: String, suffix: String) {
        #expect(PrometheusUnit(unit).suffix == suffix)
    }
}
