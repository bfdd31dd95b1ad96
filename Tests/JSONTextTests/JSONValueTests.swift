import Testing

@testable import JSONText

@Suite struct JSONValueTests {
    private func number(_ text: String) -> JSONValue { .number(JSONNumber(text: text)) }

    @Test func numbersLoseNothing() {
        #expect(number("9223372036854775807").integer == .max)
        #expect(number("-9223372036854775808").integer == .min)
        #expect(number("9223372036854775808").integer == nil)
        #expect(JSONNumber(text: "18446744073709551615").unsignedInteger == .max)
        #expect(JSONNumber(text: "-1").unsignedInteger == nil)
        #expect(number("1.0").integer == nil && number("1e2").integer == nil)
        #expect(number("0.1").double == 0.1 && number("-0.0").double?.sign == .minus)
        #expect(number("5e-324").double == .leastNonzeroMagnitude)
        #expect(number("1e400").double == nil && number("-1e400").double == nil)
        #expect(number("1e-400").double == 0)
    }

    @Test func integersAndDoublesMayBeStringsAsInOTLP() {
        #expect(JSONValue.string("-3").integer == -3)
        #expect(JSONValue.string("3x").integer == nil && JSONValue.string("").integer == nil)
        #expect(JSONValue.string("NaN").double?.isNaN == true)
        #expect(JSONValue.string("-Infinity").double == -.infinity)
        #expect(JSONValue.string("1").double == nil)
        #expect(JSONValue.null.integer == nil && JSONValue.bool(true).double == nil)
    }

    @Test func accessorsAnswerOnlyForTheirKind() {
        let object = JSONValue.object([JSONMember("a", .null), JSONMember("a", .bool(false))])
        #expect(object["a"] == .bool(false) && object["b"] == nil)
        #expect(object["a"]?.flag == false && object.members?.count == 2)
        #expect(object.elements == nil && object.text == nil && object.flag == nil)
        #expect(JSONValue.array([.null]).elements == [.null])
        #expect(JSONValue.array([.null])["a"] == nil)
    }
}
