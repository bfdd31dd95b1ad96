import Foundation
import JSONText
import Testing

@testable import dashboards

@Suite struct PrettyJSONTests {
    private func text(_ value: JSONValue) -> String {
        String(decoding: PrettyJSON.bytes(of: value), as: UTF8.self)
    }

    @Test func eachMemberHasALine() {
        let value: JSONValue = ["b": [1, true, nil], "a": ["x": "y\n\""], "c": [], "d": [:]]
        #expect(
            text(value) == """
                {
                  "b": [
                    1,
                    true,
                    null
                  ],
                  "a": {
                    "x": "y\\n\\""
                  },
                  "c": [],
                  "d": {}
                }

                """)
    }

    @Test func anotherParserReadsIt() throws {
        let value: JSONValue = ["a": [1, -2], "b": "ä \u{1}"]
        let bytes = Data(PrettyJSON.bytes(of: value))
        let read = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(read["a"] as? [Int] == [1, -2])
        #expect(read["b"] as? String == "ä \u{1}")
    }

    @Test func objectsGrowAtTheirEnd() {
        let value: JSONValue = ["a": 1]
        #expect(value.adding(["b": 2]) == ["a": 1, "b": 2])
    }
}
