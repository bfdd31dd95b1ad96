import Testing

@testable import Instruments

@Suite struct ViewTests {
    private let scope = InstrumentationScope(name: "shop", version: "1", schemaURL: "u")

    private func make(_ name: String, _ kind: InstrumentKind = .counter) -> InstrumentDescriptor {
        InstrumentDescriptor(name: name, kind: kind, unit: "By", description: "", number: .integer)
    }

    @Test(arguments: [
        ("", "", true), ("", "*", true), ("", "?", false), ("a", "", false), ("a", "a", true),
        ("a", "?", true), ("ab", "?", false), ("ab", "a*", true), ("ab", "*b", true),
        ("ab", "a*b", true), ("ab", "**", true), ("aab", "*ab", true), ("abab", "*ab", true),
        ("abac", "*ab", false), ("http.server.duration", "http.*.duration", true),
        ("http.server.size", "http.*.duration", false), ("http.duration", "http.*.duration", false),
        ("mississippi", "m*iss*pi", true), ("mississippi", "m*iss*pa", false),
        ("a.b", "a?b", true), ("a*b", "a*b", true), ("axb", "a.b", false), ("a", "a?*", false),
    ])
    func starsAndQuestionMarksStandForCharacters(text: String, pattern: String, fits: Bool) {
        #expect(Wildcard.matches(text, pattern) == fits)
    }

    @Test func aPatternFullOfStarsEnds() {
        let text = String(repeating: "a", count: 2000)
        let pattern = String(repeating: "*a", count: 200) + "b"
        #expect(!Wildcard.matches(text, pattern))
    }

    /// A5.2
    @Test func aSelectorWithoutCriteriaSelectsAll() {
        #expect(View.Selector().matches(make("x"), scope))
        #expect(View.Selector(name: "*").matches(make(""), scope))
    }

    /// A5.2, A3.3
    @Test(arguments: ["requests", "REQUESTS", "Req*", "?equests"])
    func namesAreSelectedInAnyCase(pattern: String) {
        #expect(View.Selector(name: pattern).matches(make("Requests"), scope))
        #expect(!View.Selector(name: pattern).matches(make("Responses"), scope))
    }

    /// A5.2
    @Test func allCriteriaHaveToMatchTogether() {
        let all = View.Selector(
            name: "x", kind: .counter, unit: "By", meterName: "shop", meterVersion: "1",
            meterSchemaURL: "u")
        #expect(all.matches(make("x"), scope))
        var others = Array(repeating: all, count: 6)
        others[0].name = "y"
        others[1].kind = .gauge
        others[2].unit = "by"
        others[3].meterName = "Shop"
        others[4].meterVersion = ""
        others[5].meterSchemaURL = "v"
        for other in others { #expect(!other.matches(make("x"), scope), "\(other)") }
    }

    /// A5.6
    @Test func filtersKeepOrLeaveOutKeys() {
        let set: AttributeSet = ["a": 1, "b": 2, "c": 3]
        #expect(AttributeFilter.only(["a", "z"]).apply(set) == ["a": 1])
        #expect(AttributeFilter.only([]).apply(set) == .empty)
        #expect(AttributeFilter.except(["a", "z"]).apply(set) == ["b": 2, "c": 3])
        #expect(AttributeFilter.except([]).apply(set) == set)
        #expect(AttributeFilter.only(["A"]).apply(set) == .empty)
    }

    /// A10.4
    @Test func whatIsKeptAndWhatIsRemovedAreTheWholeSet() {
        let set: AttributeSet = ["a": 1, "b": 2, "c": 3]
        for filter in [AttributeFilter.only(["a"]), .except(["b"]), .only([]), .except([])] {
            let removed = filter.removed(set)
            #expect(AttributeSet(filter.apply(set).attributes + removed) == set)
            #expect(removed.count + filter.apply(set).attributes.count == 3)
        }
    }
}
