import Testing

@testable import RPPTelemetry

@Suite struct DocumentReaderTests {
    private func read(_ text: String) throws -> DocumentReader {
        try DocumentReader(Array(text.utf8))
    }

    private func problem(_ body: () throws -> Void) -> SnapshotProblem? {
        do {
            try body()
            return nil
        } catch { return error as? SnapshotProblem }
    }

    @Test func membersAreReadByTheirTypes() throws {
        let reader = try read(
            #"{"u": 18446744073709551615, "n": -1.5, "t": "x", "o": {"i": 1}, "l": [1, 2], "#
                + #""z": null}"#)
        #expect(try reader.unsigned("u") == .max)
        #expect(try reader.number("n") == -1.5)
        #expect(try reader.text("t") == "x")
        #expect(try reader.object("o").unsigned("i") == 1)
        #expect(try reader.unsignedList("l") == [1, 2])
        #expect(try reader.optionalUnsigned("z") == nil)
        #expect(try reader.optionalObject("missing") == nil)
    }

    @Test func ofSeveralMembersOfANameTheLastCounts() throws {
        #expect(try read(#"{"a": 1, "a": 2}"#).unsigned("a") == 2)
    }

    @Test func whatIsWrongIsToldWithItsPlace() throws {
        let reader = try read(
            #"{"a": {"b": [{"c": "x"}, {"c": 1}]}, "d": [1, -1], "e": 1.5}"#)
        let second = try reader.object("a").objects("b")
        #expect(problem { _ = try second[0].unsigned("c") }?.place == "a.b[0].c")
        #expect(problem { _ = try second[1].text("c") }?.text == "must be a string")
        #expect(problem { _ = try second[1].text("missing") }?.text == "is missing")
        #expect(problem { _ = try reader.unsignedList("d") }?.place == "d[1]")
        #expect(problem { _ = try reader.unsigned("e") }?.place == "e")
        #expect(problem { _ = try reader.objects("d") }?.place == "d[0]")
        #expect(problem { _ = try reader.objects("e") }?.text == "must be an array")
    }

    @Test(arguments: ["", "nonsense", "[]", "1", "{", #"{"a": 1} x"#])
    func whatIsNoObjectIsRefused(text: String) {
        #expect(problem { _ = try read(text) } != nil)
    }

    @Test func objectsAreListedByName() throws {
        let named = try read(#"{"b": {"x": 1}, "a": {"x": 2}}"#).objectsByName()
        #expect(named.map(\.name) == ["b", "a"])
        #expect(try named.map { try $0.object.unsigned("x") } == [1, 2])
        #expect(problem { _ = try read(#"{"b": 1}"#).objectsByName() }?.place == "b")
    }
}
