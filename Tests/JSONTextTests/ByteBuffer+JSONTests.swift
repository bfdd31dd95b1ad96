import Foundation
import TestSupport
import Testing

@testable import JSONText

@Suite struct ByteBufferJSONTests {
    private func written(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer(capacity: 1)
        write(&buffer)
        return String(decoding: buffer.bytes(), as: UTF8.self)
    }

    @Test func integersAreDecimalAtEveryLength() {
        var values: [Int64] = [0, .min, .max, .min + 1, .max - 1]
        var power: Int64 = 1
        for _ in 0..<18 {
            power *= 10
            values += [power, power - 1, power + 1, -power, -power - 1]
        }
        for value in values {
            #expect(written { $0.append(integer: value) } == String(value))
        }
    }

    @Test(arguments: [
        UInt64(0), 9, 10, 1 << 63, .max, .max - 1, 10_000_000_000_000_000_000,
        9_999_999_999_999_999_999,
    ])
    func unsignedIntegersReachTheirMaximum(value: UInt64) {
        #expect(written { $0.append(integer: value) } == String(value))
    }

    @Test func integersBreakNothingAtAnyBitLength() {
        let seed: UInt64 = 41
        var random = SeededRandom(seed: seed)
        for _ in 0..<5000 {
            let value = random.next() >> UInt64.random(in: 0..<64, using: &random)
            #expect(written { $0.append(integer: value) } == String(value), "seed \(seed)")
        }
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0.0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (2.5, "2.5"),
        (9_007_199_254_740_991, "9007199254740991"), (-9_007_199_254_740_991, "-9007199254740991"),
        (1e-5, "1e-05"), (.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (.nan, "\"NaN\""), (-.nan, "\"NaN\""), (.infinity, "\"Infinity\""),
        (-.infinity, "\"-Infinity\""),
    ])
    func doublesAreShortestNumbersOrNamedInQuotes(value: Double, expected: String) {
        #expect(written { $0.append(double: value) } == expected)
    }

    /// The parser here is strtod's, and Foundation's for the JSON syntax.
    @Test func everyFiniteDoubleIsValidJSONAndReadsBackAsItself() throws {
        let seed: UInt64 = 42
        var random = SeededRandom(seed: seed)
        var values: [Double] = [
            0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
            9_007_199_254_740_992, 9_007_199_254_740_994, 1e15, 1e16, 1e21, 1e22, 0.1 + 0.2,
        ]
        for exponent in -1074...1023 {
            let power = Double(sign: .plus, exponent: exponent, significand: 1)
            values += [power, power.nextDown, power.nextUp, -power]
        }
        values += (0..<3000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
        for value in values {
            let text = written { $0.append(double: value) }
            #expect(
                strtod(text, nil).bitPattern == value.bitPattern, "seed \(seed): \(text)")
        }
        let list =
            "["
            + values.map { value in written { $0.append(double: value) } }
            .joined(separator: ",") + "]"
        let parsed = try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [Any]
        #expect(parsed?.count == values.count)
    }

    @Test(arguments: [
        ("", "\"\""), ("abc", "\"abc\""), ("\"", #""\"""#), ("\\", #""\\""#), ("/", "\"/\""),
        ("\n\r\t", #""\n\r\t""#), ("\u{0}", #""\u0000""#), ("\u{8}\u{C}", #""\u0008\u000c""#),
        ("\u{1F}", #""\u001f""#), ("\u{7F}", "\"\u{7F}\""), ("\u{2028}", "\"\u{2028}\""),
        ("😀é", "\"😀é\""), ("a\"b\\", #""a\"b\\""#),
    ])
    func onlyQuotesBackslashesAndControlsAreEscaped(text: String, expected: String) {
        #expect(written { $0.append(string: text) }.utf8.elementsEqual(expected.utf8))
    }

    @Test func everyScalarSurvivesSomebodyElsesParser() throws {
        let scalars = (0...0x10FFFF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
        let all = String(String.UnicodeScalarView(scalars))
        let json = written { $0.append(string: all) }
        let parsed = try JSONSerialization.jsonObject(
            with: Data(json.utf8), options: .fragmentsAllowed)
        let text = try #require(parsed as? String)
        #expect(text.utf8.elementsEqual(all.utf8))
    }

    @Test func textThatIsStoredAsUTF16IsWrittenToo() {
        let bridged = String(NSString(string: "naïve \"☃\""))
        #expect(written { $0.append(string: bridged) } == #""naïve \"☃\"""#)
    }

    @Test func base64IsFoundationsAtEveryLength() {
        for length in 0...260 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 3) }
            let expected = "\"" + Data(bytes).base64EncodedString() + "\""
            #expect(written { $0.append(base64: bytes) } == expected)
        }
    }
}
