import Testing

@testable import Instruments

@Suite struct InstrumentDescriptorTests {
    private func make(
        _ name: String = "name", kind: InstrumentKind = .counter, unit: String = "",
        description: String = "", number: NumberKind = .integer
    ) -> InstrumentDescriptor {
        InstrumentDescriptor(
            name: name, kind: kind, unit: unit, description: description, number: number)
    }

    @Test(arguments: [
        "a", "Z", "a0_.-/", "http.server.duration", "a" + String(repeating: "b", count: 254),
    ])
    func namesOfTheSyntaxAreValid(name: String) {
        #expect(make(name).hasValidName)
    }

    @Test(arguments: [
        "", "0a", "_a", ".a", "-a", "/a", "a b", "a\u{0}", "ä", "aä", "a:b", "a\n", "a{b}", " a",
        "a" + String(repeating: "b", count: 255),
    ])
    func namesOutsideTheSyntaxAreNot(name: String) {
        #expect(!make(name).hasValidName)
    }

    @Test func theIdentityIgnoresCaseOfTheNameOnly() {
        let one = make("Name", unit: "By", description: "D").identity
        #expect(one == make("nAME", unit: "By", description: "D").identity)
        #expect(one != make("Name", unit: "by", description: "D").identity)
        #expect(one != make("Name", unit: "By", description: "d").identity)
        #expect(one != make("Name", kind: .gauge, unit: "By", description: "D").identity)
        #expect(one != make("Name", unit: "By", description: "D", number: .double).identity)
    }
}
