import Testing

@testable import OTelEmitter

@Suite struct SpoolIncarnationNameTests {
    private func make(_ incarnation: String, at time: UInt64 = 1_790_000_000_000_000_000) -> String
    {
        SpoolIncarnationName.make(at: time, incarnation: incarnation)
    }

    @Test func timeComesFirstSoThatNamesSortByAge() {
        #expect(make("node-1.a_B") == "01790000000000000000-node-1.a_B")
        let names = [0, 9, 10, 1_790_000_000_000_000_000, .max].map { make("z", at: $0) }
        #expect(names == names.sorted())
        #expect(names.allSatisfy(SpoolIncarnationName.isValid))
    }

    @Test(
        arguments: zip(
            ["", "a/b", "..", "ü\n", "\0", "a b"],
            ["process", "a_b", "..", "__", "_", "a_b"]))
    func nothingLeadsOutOfTheDirectory(incarnation: String, expected: String) {
        let name = make(incarnation)
        #expect(name.dropFirst(21) == expected)
        #expect(SpoolIncarnationName.isValid(name))
    }

    @Test func longNamesAreCut() {
        let name = make(String(repeating: "x", count: 5000))
        #expect(name.count == 21 + SpoolIncarnationName.lengthLimit)
        #expect(SpoolIncarnationName.isValid(name))
    }

    @Test(
        arguments: [
            "", "lost+found", "0179000000000000000-short", "01790000000000000000",
            "01790000000000000000-", "x1790000000000000000-a", "01790000000000000000-a/b",
            "01790000000000000000-a b", "01790000000000000000_a", "01790000000000000000-é",
            "01790000000000000000-" + String(repeating: "x", count: 65), ".",
        ])
    func otherNamesAreForeign(name: String) {
        #expect(!SpoolIncarnationName.isValid(name))
    }
}
