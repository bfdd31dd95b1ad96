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

    /// One type has one file, and a file with more lines than this holds too much.
    private static let lineLimit = 400
    /// Longer files by their names, each with its reason.
    private static let longFiles: [String: String] = [
        "StreamResolverTests.swift": "all rules of views",
        "MetricDifferenceTests.swift": "all differences",
    ]

    @Test func filesAreShort() throws {
        var unused = Set(Self.longFiles.keys)
        for source in try SwiftSource.all(below: "Sources") + SwiftSource.all(below: "Tests") {
            let length = source.lines.count - 1
            if length <= Self.lineLimit { continue }
            let isException = unused.remove(source.name) != nil
            #expect(isException, "\(source.path) has \(length) lines")
        }
        #expect(unused == [], "these are short enough, or gone")
    }

    /// A longer function does more than one thing.
    private static let functionLimit = 60
    /// Longer functions, as `file: function`, each with its reason.
    private static let longFunctions: [String: String] = [:]

    @Test func functionsAreShort() throws {
        var unused = Set(Self.longFunctions.keys)
        for source in try SwiftSource.all(below: "Sources") {
            for function in SwiftFunction.all(in: source) where function.length > Self.functionLimit
            {
                let isException = unused.remove("\(source.name): \(function.name)") != nil
                #expect(
                    isException,
                    """
                    \(source.path):\(function.line): \(function.name) has \(function.length) lines
                    """)
            }
        }
        #expect(unused == [], "these are short enough, or gone")
    }

    @Test func functionsAreMeasuredFromTheirNameToTheirBrace() {
        let source = SwiftSource(
            path: "s",
            text: """
                struct S {
                    let stored = { 1 }
                    init(
                        a: Int
                    ) {
                        self.init()
                        func inner() -> Int { 1 }
                    }
                    @inlinable
                    static func == (a: S, b: S) -> Bool {
                        // }
                        "}"
                    }
                    var computed: Int {
                        get { 1 }
                    }
                    func `default`<T>(a: () -> Void = { f() }) where A == B {}
                }
                protocol P {
                    func required() -> Int
                    var needed: Int { get }
                }
                """)
        let found = SwiftFunction.all(in: source).map { "\($0.line) \($0.name) \($0.length)" }
        #expect(
            found == [
                "3 init 6", "7 inner 1", "10 == 4", "14  3", "17 default 1", "21  1",
            ])
    }

    @Test func testsDoNotSleep() throws {
        let words = ["sleep", "usleep", "nanosleep"]
        for source in try SwiftSource.all(below: "Tests") {
            #expect(source.places { line in words.contains { line.hasWord($0) } } == [])
        }
    }
}
