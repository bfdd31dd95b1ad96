import Testing

/// Whoever uses the package reads of every public symbol what it is.
@Suite struct DocumentedSymbolsTests {
    private static let modules = [
        "Instruments", "InstrumentsTesting", "OTelEmitter", "RPPTelemetry",
    ]

    /// The symbols of all modules that have to say what they are. One that implements a requirement
    /// of a public protocol, be it `Equatable` or the package's own, has the requirement's comment.
    private static let symbols = Result {
        let graphs = try modules.map { try SymbolGraph(module: $0) }
        let all = graphs.flatMap(\.symbols)
        let known = Set(all.map(\.identifier))
        let own = modules.map { "s:\($0.utf8.count)\($0)" }
        return all.filter { symbol in
            !symbol.implemented.contains { requirement in
                known.contains(requirement) || !own.contains { requirement.hasPrefix($0) }
            }
        }
    }

    @Test func everyPublicSymbolHasADocComment() throws {
        let symbols = try Self.symbols.get()
        #expect(symbols.count > 600)
        for symbol in symbols where (symbol.summary ?? "").isEmpty {
            Issue.record("\(symbol.place): \(symbol.name) has no doc comment")
        }
    }

    @Test func symbolsAreFoundWithWhatTheySay() throws {
        let symbols = try Self.symbols.get()
        let add = symbols.first { $0.name == "BoundCounter.add(_:)" }
        #expect(add?.summary?.hasPrefix("Adds `amount`") == true)
        #expect(add?.place.contains("/Counter.swift:") == true)
        #expect(symbols.contains { $0.name == "NumberPoint.attributes" })
        #expect(symbols.contains { $0.name == "AttributeEnum.attributeKey" })
        // They implement what has a comment.
        let implementations = ["NumberPoint.==(_:_:)", "GossipTopic.attributeKey"]
        #expect(!symbols.contains { implementations.contains($0.name) })
    }
}
