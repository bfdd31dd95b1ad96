import Foundation
import TestSupport
import Testing

@testable import JSONText

@Suite struct JSONReaderTests {
    private func parse(
        _ text: String, _ limits: JSONReader.Limits = JSONReader.Limits()
    ) throws -> JSONValue {
        try JSONReader.parse(Array(text.utf8), limits: limits)
    }

    private func problem(
        _ bytes: [UInt8], _ limits: JSONReader.Limits = JSONReader.Limits()
    ) -> JSONReader.Problem? {
        do throws(JSONReader.Problem) {
            _ = try JSONReader.parse(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func everyKindOfValueIsRead() throws {
        let value = try parse(
            " { \"a\" : [ 1 , -2.5e+3, true,false,null,\"x\\n\" ,[],{}] ,\"\":{\"b\":0}, \"a\": 2}\r\n\t"
        )
        #expect(
            value
                == .object([
                    JSONMember(
                        "a",
                        .array([
                            .number(JSONNumber(text: "1")), .number(JSONNumber(text: "-2.5e+3")),
                            .bool(true), .bool(false), .null, .string("x\n"), .array([]),
                            .object([]),
                        ])),
                    JSONMember("", .object([JSONMember("b", .number(JSONNumber(text: "0")))])),
                    JSONMember("a", .number(JSONNumber(text: "2"))),
                ]))
        #expect(value["a"]?.integer == 2)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
        (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"), (#""\u0000""#, "\u{0}"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
        (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
        (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), ("\"\u{7F}\u{2028}é\"", "\u{7F}\u{2028}é"),
    ])
    func escapesAreResolvedAndHalfPairsReplaced(json: String, expected: String) throws {
        #expect(try parse(json).text?.utf8.elementsEqual(expected.utf8) == true)
    }

    @Test func bytesThatAreNoUTF8AreReplaced() throws {
        let quote = UInt8(ascii: "\"")
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            let value = try JSONReader.parse([quote, 0x61] + bytes + [0x62, quote])
            let text = try #require(value.text)
            #expect(text.hasPrefix("a\u{FFFD}") && text.hasSuffix("\u{FFFD}b"))
        }
        #expect(try JSONReader.parse([0xEF, 0xBB, 0xBF, UInt8(ascii: "1")]).integer == 1)
    }

    @Test(arguments: [
        ("", JSONReader.Problem.Kind.ended, 0), ("  ", .ended, 2), ("[", .ended, 1),
        ("[1", .ended, 2), ("[1,", .ended, 3), ("{\"a\"", .ended, 4), ("\"a", .ended, 2),
        ("\"\\", .ended, 1), ("\"\\u12", .ended, 1), ("tru", .ended, 3), ("-", .invalidNumber, 1),
        ("[1,]", .unexpected(byte: 0x5D), 3), ("[,1]", .unexpected(byte: 0x2C), 1),
        ("{\"a\":1,}", .unexpected(byte: 0x7D), 7), ("{a:1}", .unexpected(byte: 0x61), 1),
        ("{\"a\" 1}", .unexpected(byte: 0x31), 5), ("[1}", .unexpected(byte: 0x7D), 2),
        ("]", .unexpected(byte: 0x5D), 0), ("'a'", .unexpected(byte: 0x27), 0),
        ("trux", .unexpected(byte: 0x78), 3), ("NaN", .unexpected(byte: 0x4E), 0),
        ("+1", .unexpected(byte: 0x2B), 0), (".5", .unexpected(byte: 0x2E), 0),
        ("01", .trailing, 1), ("1.", .invalidNumber, 2), ("1e", .invalidNumber, 2),
        ("1e+", .invalidNumber, 3), ("-x", .invalidNumber, 1), ("1 2", .trailing, 2),
        ("{} x", .trailing, 3), ("\"\\x\"", .invalidEscape, 1), ("\"\\u12g4\"", .invalidEscape, 1),
        ("\"a\nb\"", .controlCharacter, 2), ("\"\u{0}\"", .controlCharacter, 1),
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(
        json: String, kind: JSONReader.Problem.Kind, offset: Int
    ) throws {
        let found = try #require(problem(Array(json.utf8)))
        #expect(found.kind == kind && found.offset == offset, "\(found)")
        #expect(found.description.hasSuffix("at byte \(offset)"))
    }

    @Test func limitsHoldExactly() throws {
        #expect(try parse("[[]]", JSONReader.Limits(bytes: 4, depth: 2, elements: 2)) != .null)
        let text = Array("[[]]".utf8)
        #expect(problem(text, JSONReader.Limits(bytes: 3))?.kind == .tooLarge(limit: 3))
        #expect(
            problem(text, JSONReader.Limits(depth: 1))
                == JSONReader.Problem(kind: .tooDeep(limit: 1), offset: 1))
        #expect(
            problem(text, JSONReader.Limits(elements: 1))
                == JSONReader.Problem(kind: .tooManyValues(limit: 1), offset: 1))
        #expect(problem(text, JSONReader.Limits(bytes: .min))?.kind == .tooLarge(limit: .min))
    }

    @Test func noDepthExhaustsTheStack() {
        let limits = JSONReader.Limits(depth: .max, elements: .max)
        for opening in ["[", "{\"a\":"] {
            let text = String(repeating: opening, count: 200_000)
            #expect(
                problem(Array(text.utf8), limits)?.kind == .tooDeep(limit: JSONCursor.deepest))
        }
    }

    /// Foundation is the other opinion: what it takes is taken, with the same values.
    @Test func randomDocumentsAreReadAsFoundationReadsThem() throws {
        let seed: UInt64 = 31
        var random = SeededRandom(seed: seed)
        for _ in 0..<400 {
            let value = randomValue(depth: 4, &random)
            var options = JSONSerialization.WritingOptions.fragmentsAllowed
            if Bool.random(using: &random) { options.insert(.prettyPrinted) }
            let json = try JSONSerialization.data(withJSONObject: value, options: options)
            let mine = try JSONReader.parse([UInt8](json))
            #expect(same(mine, value), "seed \(seed): \(String(decoding: json, as: UTF8.self))")
        }
    }

    @Test func damagedDocumentsNeverTrap() throws {
        let seed: UInt64 = 32
        var random = SeededRandom(seed: seed)
        let good = Array(
            #"{"a":[1,-2.5e-3,true,null,"x\u00e9\ud83d\ude00"],"b":{"c":[[],{}]},"d":"€"}"#.utf8)
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch random.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(random.pick(good), at: place)
                }
            }
            guard let found = problem(bytes) else { continue }
            refused += 1
            #expect((0...bytes.count).contains(found.offset), "seed \(seed)")
        }
        #expect(refused > 10_000)
    }

    private func randomValue(depth: Int, _ random: inout SeededRandom) -> Any {
        switch random.next() % (depth > 0 ? 7 : 5) {
        case 0: return Int64(truncatingIfNeeded: random.next())
        case 1: return Double(Int64(truncatingIfNeeded: random.next())) / 1024
        case 2: return random.pick(["", "a\"\\\n", "é€😀", "\u{1}\u{7F}", "/"])
        case 3: return Bool.random(using: &random)
        case 4: return NSNull()
        case 5: return (0..<random.next() % 4).map { _ in randomValue(depth: depth - 1, &random) }
        default:
            return Dictionary(
                (0..<random.next() % 4).map { ("k\($0)\"", randomValue(depth: depth - 1, &random)) }
            ) { $1 }
        }
    }

    private func same(_ mine: JSONValue, _ other: Any) -> Bool {
        switch (mine, other) {
        case (.null, is NSNull): true
        case (.bool(let flag), let other as Bool): flag == other
        case (.number(let number), let other as Int64): number.integer == other
        case (.number(let number), let other as Double): number.double == other
        case (.string(let text), let other as String): text == other
        case (.array(let values), let others as [Any]):
            values.count == others.count && zip(values, others).allSatisfy { same($0, $1) }
        case (.object(let members), let others as [String: Any]):
            members.count == others.count
                && members.allSatisfy { member in
                    others[member.name].map { same(member.value, $0) } == true
                }
        default: false
        }
    }
}
