import OTelEmitter
import Testing

import OTelEmitterTools
@testable import otel_emit

@Suite struct NumberTextTests {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("+7", 7), ("007", 7), ("9223372036854775807", .max),
        ("-9223372036854775808", .min),
    ])
    func digitsAreAnInteger(text: String, value: Int) {
        #expect(NumberText.amount(text) == .integer(value))
    }

    @Test(arguments: [("1.0", 1.0), ("-0.25", -0.25), (".5", 0.5), ("1e3", 1000), ("1E-2", 0.01)])
    func otherNumbersAreDoubles(text: String, value: Double) {
        #expect(NumberText.amount(text) == .double(value))
    }

    @Test(arguments: [
        "", "-", "+", "x", "1x", " 1", "1 ", "1,5", "0x10", "nan", "inf", "infinity", "1e999",
        "9223372036854775808", "--1", "1_000", "\u{0661}",
    ])
    func everythingElseIsNone(text: String) {
        #expect(NumberText.amount(text) == nil)
    }
}
