import Testing

/// A test without an expectation passes whatever the code does, unless it traps.
@Suite struct ExpectationTests {
    /// Tests that expect nothing themselves, as `file: function`, each with its reason.
    private static let exceptions: [String: String] = [:]

    /// The names of tests from which no expectation is reached, be it through functions of their
    /// file.
    private static func testsWithout(_ source: SwiftSource) -> [String] {
        let functions = SwiftFunction.all(in: source)
        let named = Dictionary(grouping: functions.filter { !$0.name.isEmpty }, by: \.name)
        var expecting = Set(functions.filter { expects($0.body) }.map(\.name))
        while true {
            let callers = functions.filter { function in
                !expecting.contains(function.name)
                    && expecting.contains { named[$0] != nil && function.mentions($0) }
            }
            if callers.isEmpty { break }
            expecting.formUnion(callers.map(\.name))
        }
        return functions.filter { $0.isTest && !expecting.contains($0.name) }.map(\.name)
    }

    private static func expects(_ code: String) -> Bool {
        let words = ["#expect", "#require", "Issue.record", "withKnownIssue", "confirmation"]
        return words.contains { code.contains($0 + "(") || code.contains($0 + " {") }
    }

    @Test func everyTestExpectsSomething() throws {
        var unused = Set(Self.exceptions.keys)
        var count = 0
        for source in try SwiftSource.all(below: "Tests") {
            count += SwiftFunction.all(in: source).filter(\.isTest).count
            for name in Self.testsWithout(source) {
                let test = "\(source.path): \(name)"
                let isException = unused.remove(test) != nil
                #expect(isException, "\(test) reaches no #expect, #require or Issue.record")
            }
        }
        #expect(unused == [], "these exceptions are not needed")
        #expect(count > 1500, "the scanner finds \(count) tests")
    }

    @Test func testsWithoutAnExpectationAreFound() {
        let source = SwiftSource(
            path: "s",
            text: """
                struct S {
                    var stored: Int
                    @Test func direct() { #expect(a) }
                    @Test(arguments: [1, 2].map { $0 + 1 })
                    func nothing(
                        _ a: Int
                    ) throws {
                        // #expect(a)
                        _ = "#expect(a)"
                    }
                    @Test func far() { near() }
                    func near() { last { _ in } }
                    func last(_ a: (Int) -> Void) { if a { Issue.record("") } }
                    @Test func lonely() { alone() }
                    func alone() {}
                }
                """)
        #expect(Self.testsWithout(source) == ["nothing", "lonely"])
        #expect(SwiftFunction.all(in: source).filter(\.isTest).count == 4)
    }
}
