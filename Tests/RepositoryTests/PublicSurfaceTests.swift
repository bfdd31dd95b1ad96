import Testing

/// Whatever a program may call is called with absurd values by the scenario `fuzz` of Endurance.
@Suite struct PublicSurfaceTests {
    /// `Type.member` of each public function, initialiser, subscript and computed property of a
    /// file; of nested types the whole name. Stored properties and cases have no code to trap in.
    private static func declarations(_ source: SwiftSource) -> Set<String> {
        var found: Set<String> = []
        var types: [(name: String, depth: Int)] = []
        var depth = 0
        for (index, line) in source.code.enumerated() {
            let words = line.split { " \t:<({".contains($0) }.map(String.init)
            if let member = member(words, line, next: source.code[(index + 1)...].first ?? "") {
                found.insert((types.map(\.name) + [member]).joined(separator: "."))
            }
            if let type = typeName(words), line.contains("{") { types.append((type, depth)) }
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
            while let last = types.last, depth <= last.depth { types.removeLast() }
        }
        return found
    }

    private static func typeName(_ words: [String]) -> String? {
        let kinds: Set = ["struct", "class", "enum", "protocol", "extension", "actor"]
        guard let place = words.firstIndex(where: kinds.contains), place + 1 < words.count else {
            return nil
        }
        let modifiers: Set = ["public", "package", "internal", "fileprivate", "private", "final"]
        return words[..<place].allSatisfy(modifiers.contains) ? words[place + 1] : nil
    }

    private static func member(_ words: [String], _ line: String, next: String) -> String? {
        guard words.contains("public") else { return nil }
        for (place, word) in words.enumerated() {
            switch word {
            case "func" where place + 1 < words.count: return words[place + 1]
            case "init", "subscript": return word
            // A computed property has a body.
            case "var" where line.contains("{") && place + 1 < words.count: return words[place + 1]
            default: continue
            }
        }
        return nil
    }

    /// What the entries of the scenario say that they call, without the labels of arguments.
    private static func covered() throws -> Set<String> {
        let folder = "Endurance/Sources/endurance"
        let files = Repository.files(below: folder).filter { $0.hasPrefix(folder + "/Fuzz") }
        var names: Set<String> = []
        for path in files {
            let text = try Repository.text(path) ?? ""
            for (index, part) in text.split(
                separator: "\"", omittingEmptySubsequences: false
            ).enumerated() where index % 2 == 1 {
                names.insert(String(part.prefix { $0 != "(" }))
            }
        }
        return names
    }

    @Test func everyPublicDeclarationOfInstrumentsIsCalledByTheFuzzScenario() throws {
        let covered = try Self.covered()
        for source in try SwiftSource.all(below: "Sources/Instruments") {
            for name in Self.declarations(source).sorted() where !covered.contains(name) {
                Issue.record("\(source.path): no entry of Endurance's fuzz scenario covers \(name)")
            }
        }
    }

    @Test func noEntryCoversWhatDoesNotExist() throws {
        let all = try SwiftSource.all(below: "Sources/Instruments").reduce(into: Set<String>()) {
            $0.formUnion(Self.declarations($1))
        }
        #expect(all.count > 80)
        let kept = try Self.covered().filter { name in
            let parts = name.split(separator: ".")
            let isName = parts.allSatisfy { $0.allSatisfy { $0.isLetter || $0 == "=" } }
            return parts.count >= 2 && isName && name.first?.isUppercase == true
        }
        #expect(kept.subtracting(all) == [])
    }

    @Test func declarationsAreFoundWithTheirTypes() {
        let source = SwiftSource(
            path: "s",
            text: """
                public struct A: Sendable {
                    public let stored: Int
                    public init(_ a: Int) {
                    }
                    public static func == (left: A, right: A) -> Bool { true }
                    func hidden() {}
                    public struct B {
                        public var computed: Int { 1 }
                        public var kept: Int
                    }
                    public func after() {}
                }
                extension A where C == Int {
                    @inlinable public subscript(key: String) -> Int { 1 }
                    @inlinable
                    public mutating func grow<T>(
                        _ a: T
                    ) {
                    }
                }
                public func free() {}
                """)
        #expect(
            Self.declarations(source) == [
                "A.init", "A.==", "A.B.computed", "A.after", "A.subscript", "A.grow", "free",
            ])
    }
}
