import Testing

/// Rules of style that a scanner can hold.
@Suite struct SourceRulesTests {
    @Test(arguments: [
        "try!", "as!", "fatalError", "Foundation", "FoundationEssentials",
    ])
    func wordDoesNotOccurUnderSources(word: String) throws {
        for source in try SwiftSource.all(below: "Sources") {
            #expect(source.places { $0.hasWord(word) } == [])
        }
    }

    @Test func nothingIsUnwrappedByForceUnderSources() throws {
        for source in try SwiftSource.all(below: "Sources") {
            #expect(source.places { $0.hasForceUnwrap } == [])
        }
    }

    @Test func unsafeThingsSayWhyTheyAreSafe() throws {
        let words = [
            "@unchecked Sendable", "nonisolated(unsafe)", "Unmanaged", "withMemoryRebound",
            "unsafeBitCast", "unsafeDowncast", "assumeIsolated",
        ]
        // A comment stands for what follows it, this many lines at most.
        let reach = 12
        for source in try SwiftSource.all(below: "Sources") {
            for (index, line) in source.code.enumerated() where words.contains(where: line.hasWord)
            {
                let nearby = source.lines[max(index - reach, 0)...index]
                let isExplained = nearby.contains { $0.contains("// SAFETY:") }
                #expect(isExplained, "\(source.path):\(index + 1) has no // SAFETY: nearby")
            }
        }
    }

    @Test func filesAreShort() throws {
        /// Longer files, each with its reason.
        let exceptions: [String: String] = [
            "Tests/InstrumentsTests/Cells/CellReadingTests.swift": "all lives of a series",
            "Tests/InstrumentsTests/Storage/StreamResolverTests.swift": "all rules of views",
            "Tests/InstrumentsTests/Snapshot/MetricsSnapshot+DeltaTests.swift": "all differences",
            "Tests/InstrumentsTests/Meter/ObservableInstrumentTests.swift":
                "all rules of callbacks",
        ]
        let limit = 250
        for source in try SwiftSource.all(below: "Sources") + SwiftSource.all(below: "Tests") {
            let length = source.lines.count - 1
            let isShort = length <= limit || exceptions[source.path] != nil
            #expect(isShort, "\(source.path) has \(length) lines")
        }
        for path in exceptions.keys {
            #expect(Repository.exists(path), "the exception for \(path) is no longer needed")
        }
    }

    @Test func testsDoNotSleep() throws {
        let words = ["sleep", "usleep", "nanosleep"]
        for source in try SwiftSource.all(below: "Tests") {
            #expect(source.places { line in words.contains { line.hasWord($0) } } == [])
        }
    }
}
