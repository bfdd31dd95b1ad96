import Instruments
import Testing

@testable import OTelEmitter

@Suite struct AttributeValuePlainTextTests {
    /// The examples of the specification (common, *AnyValue representation for non-OTLP protocols*).
    @Test(arguments: [
        (AttributeValue.string("hello \"world\""), "hello \"world\""), (.string(""), ""),
        (.bool(true), "true"), (.int(-123), "-123"), (.double(3.14159), "3.14159"),
        (.double(.nan), "NaN"), (.double(.infinity), "Infinity"),
        (.double(-.infinity), "-Infinity"),
        (.bytes(Array("hello world".utf8)), "aGVsbG8gd29ybGQ="), (.empty, ""), (.array([]), "[]"),
        (
            .array([
                1, .double(-.infinity), "a", true,
                .map([Attribute("nested", .bytes(Array("hello world".utf8)))]),
            ]), #"[1,"-Infinity","a",true,{"nested":"aGVsbG8gd29ybGQ="}]"#
        ),
        (
            .map([
                Attribute("b", 2), Attribute("a", .double(-.infinity)),
                Attribute("c", .array([3, .empty])),
            ]), #"{"a":"-Infinity","b":2,"c":[3,null]}"#
        ),
    ])
    func valuesBecomeText(value: AttributeValue, text: String) {
        #expect(value.plainText == text)
    }
}
