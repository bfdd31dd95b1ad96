import Testing

/// State is private: what others can set is on a list, each with its reason.
///
/// A structure without `mutating` methods is a value made to be set, and needs no reason.
@Suite struct OpenStateTests {
    private static let modules = [
        "Instruments", "InstrumentsTesting", "JSONText", "OTelEmitter", "OTelEmitterTools",
        "RPPTelemetry",
    ]

    private static func open(
        in sources: [SwiftSource]
    ) -> [(type: String, name: String, place: String)] {
        let read = sources.map { (path: $0.path, StoredVariable.all(in: $0)) }
        let mutating = read.reduce(into: Set<String>()) { $0.formUnion($1.1.mutating) }
        return read.flatMap { path, content in
            content.variables.filter { variable in
                switch variable.owner {
                case .reference, .nobody: variable.isOpen
                case .structure: variable.isOpen && mutating.contains(variable.type)
                }
            }
            .map { ($0.type, $0.name, "\(path):\($0.line)") }
        }
    }

    @Test func openStateIsListedWithItsReason() throws {
        let listed = Set(OpenState.groups.flatMap(\.properties))
        var unused = listed
        for module in Self.modules {
            let sources = try SwiftSource.all(below: "Sources/\(module)")
            #expect(!sources.isEmpty, "\(module)")
            for (type, name, place) in Self.open(in: sources) {
                let entries: Set = ["\(type).\(name)", "\(type).*"]
                unused.subtract(entries)
                let isListed = !listed.isDisjoint(with: entries)
                #expect(isListed, "\(place): \(type).\(name) can be set from outside")
            }
        }
        #expect(unused == [], "these are private, or gone")
    }

    @Test func theListIsCountedAndNamesNothingTwice() {
        let properties = OpenState.groups.flatMap(\.properties)
        #expect(properties.count == Set(properties).count)
        #expect(properties.count == OpenState.count)
        #expect(OpenState.groups.allSatisfy { !$0.reason.isEmpty && !$0.properties.isEmpty })
    }

    @Test func whatCanBeSetFromOutsideIsFound() {
        let source = SwiftSource(
            path: "s",
            text: """
                public final class Owner: Sendable {
                    var open = 1
                    public weak var delegate: Owner?
                    private var hidden = 2
                    private(set) var readable: [Int] = [] {
                        didSet { var local = 1 }
                    }
                    static var shared: Owner { Owner() }
                    nonisolated(unsafe) static var latest = 0
                    var closure: () -> Void = { var local = 1 }
                    var computed: Int {
                        var local = 1
                        return local
                    }
                    private struct Contents {
                        var inside = 1
                        mutating func change() { inside += 1 }
                    }
                    struct Nested {
                        var watched = 1 {
                            didSet { watched = 2 }
                        }
                        let constant = 1
                        init() { var local = 2 }
                    }
                }
                extension Owner.Nested {
                    @inlinable
                    mutating func change() {}
                }
                struct Value {
                    var part = 1
                    func method() {}
                }
                protocol Needed { var property: Int { get set } }
                """)
        let found = Self.open(in: [source]).map { "\($0.type).\($0.name) \($0.place)" }
        #expect(
            found == [
                "Owner.open s:2", "Owner.delegate s:3", "Owner.latest s:9", "Owner.closure s:10",
                "Owner.Nested.watched s:20",
            ])
    }
}
