import Testing

/// Each source has a test file of its name, or is on the list of those that need none.
@Suite struct UntestedSourcesTests {
    /// A source and whether a test file of its name stands in the folder of its module's tests.
    private struct Source {
        let path: String
        let name: String
        let isTested: Bool
    }

    private static let sources: [Source] = MirrorTests.mirrored.flatMap { tests, module in
        let named = Set(
            Repository.files(below: "Tests/\(tests)", endingIn: "Tests.swift").map {
                SwiftSource.name(of: $0)
            })
        return Repository.files(below: "Sources/\(module)").map { path in
            let name = SwiftSource.name(of: path)
            return Source(
                path: path, name: name,
                isTested: named.contains(name.dropLast(".swift".count) + "Tests.swift"))
        }
    }

    private static let listed = UntestedSources.groups.flatMap(\.sources)

    @Test func everySourceHasATestFileOrAReason() {
        #expect(Self.sources.count > 300)
        let known = Set(Self.listed)
        for source in Self.sources where !source.isTested && !known.contains(source.name) {
            let test = source.name.dropLast(".swift".count) + "Tests.swift"
            Issue.record("\(source.path) has no \(test) and is no source of UntestedSources")
        }
    }

    @Test func whatIsListedHasNoTestFile() {
        for name in Set(Self.listed) {
            let sources = Self.sources.filter { $0.name == name }
            #expect(!sources.isEmpty, "\(name) is listed and does not exist")
            let isNeeded = sources.isEmpty || sources.contains { !$0.isTested }
            #expect(isNeeded, "\(name) has a test file and needs no reason")
        }
    }

    @Test func nothingIsListedMoreOftenThanItExists() {
        for (name, times) in Dictionary(grouping: Self.listed, by: \.self) {
            let untested = Self.sources.count { $0.name == name && !$0.isTested }
            #expect(times.count <= max(untested, 1), "\(name) is listed \(times.count) times")
        }
    }

    @Test func testFilesThatAreNamedExist() {
        let names = Set(
            Repository.files(below: "Tests", endingIn: "Tests.swift").map {
                SwiftSource.name(of: $0)
            })
        for group in UntestedSources.groups {
            #expect(!group.reason.isEmpty && !group.sources.isEmpty)
            #expect(Set(group.tests).subtracting(names) == [], "\(group.sources)")
        }
    }
}
