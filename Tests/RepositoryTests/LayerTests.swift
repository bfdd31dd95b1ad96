import Testing

/// Folders are layers: a file names types of its own folder and of folders before it, nothing else.
/// `Documentation/architecture.md` has the order.
@Suite struct LayerTests {
    /// The modules that have layers.
    private static let modules = [
        "Instruments", "OTelEmitter", "RPPTelemetry", "rpp-node",
    ]

    @Test(arguments: modules) func everyFolderHasItsPlaceInTheOrder(module: String) throws {
        let order = try Layers.order(of: module)
        #expect(order.count > 2)
        let folders = Set(try Layers(module, order).files.map(\.folder))
        #expect(folders.subtracting(order) == [], "they are missing in architecture.md")
        #expect(Set(order).subtracting(folders) == [], "they are no folders any more")
        #expect(Set(order).count == order.count)
    }

    @Test(arguments: modules) func nothingIsNamedFromBelow(module: String) throws {
        let layers = try Layers(module, try Layers.order(of: module))
        #expect(layers.files.count > 20)
        for fault in layers.faults { Issue.record("\(fault)") }
    }

    // MARK: The check itself

    private func faults(_ files: [(String, String)], order: [String]) -> [String] {
        Layers(
            order,
            files.map { path, text in
                Layers.File(
                    path: path,
                    folder: path.split(separator: "/").dropLast().joined(separator: "/"),
                    types: SwiftTypes(SwiftSource(path: path, text: text)))
            }
        ).faults
    }

    @Test func aNameFromALaterFolderIsAFault() {
        let files = [
            ("Low/A.swift", "struct A {\n    let b: B\n}"), ("High/B.swift", "struct B {}"),
        ]
        #expect(
            faults(files, order: ["Low", "High"])
                == ["Low/A.swift:2 names B of the folder High, which comes later"])
        #expect(faults(files, order: ["High", "Low"]) == [])
    }

    @Test func nestedTypesCountByTheirQualifiedNames() {
        let files = [
            ("Low/A.swift", "struct A {\n    struct Entry {}\n    let entry: Entry\n}"),
            ("High/B.swift", "struct B {\n    struct Entry {}\n}"),
            ("Low/C.swift", "struct C { let entry: B.Entry }"),
        ]
        #expect(
            faults(files, order: ["Low", "High"])
                == ["Low/C.swift:1 names B.Entry of the folder High, which comes later"])
    }

    @Test func anExtensionCountsAsTheFolderOfItsType() {
        let files = [
            ("Low/A.swift", "struct A {}"), ("High/B.swift", "struct B {}"),
            ("High/A+B.swift", "extension A {\n    var b: B { B() }\n}"),
        ]
        #expect(
            faults(files, order: ["Low", "High"]) == [
                "High/A+B.swift:2 names B of the folder High in an extension of A, which is of the"
                    + " earlier folder Low"
            ])
    }

    @Test func aProtocolThatOnlyLaterTypesConformToIsAFault() {
        let files = [
            ("Low/P.swift", "protocol P {}\nstruct A { let p: any P }"),
            ("High/B.swift", "struct B: P {}"),
        ]
        #expect(
            faults(files, order: ["Low", "High"])
                == ["Low/P.swift:1: only types of later folders conform to the protocol P"])
        #expect(faults(files + [("Low/C.swift", "struct C: P {}")], order: ["Low", "High"]) == [])
        #expect(
            faults(
                [("Low/P.swift", "public protocol P {}"), ("High/B.swift", "struct B: P {}")],
                order: ["Low", "High"]) == [])
    }

    @Test func commentsAndTextsNameNothing() {
        let files = [
            ("Low/A.swift", "/// B does it.\nstruct A { let text = \"B\" }"),
            ("High/B.swift", "struct B {}"),
        ]
        #expect(faults(files, order: ["Low", "High"]) == [])
    }
}

/// The folders of a module in their order, and what its files declare and name.
struct Layers {
    struct File {
        let path: String
        /// Below the module's folder; "." for that itself.
        let folder: String
        let types: SwiftTypes
    }

    let files: [File]
    private let order: [String: Int]
    /// The files that declare a type, by its qualified name.
    private let owners: [String: [File]]

    init(_ module: String, _ order: [String]) throws {
        let root = "Sources/\(module)/"
        self.init(
            order,
            try SwiftSource.all(below: "Sources/\(module)").map { source in
                let inside = source.path.dropFirst(root.count).split(separator: "/").dropLast()
                return File(
                    path: source.path, folder: inside.isEmpty ? "." : inside.joined(separator: "/"),
                    types: SwiftTypes(source))
            })
    }

    init(_ order: [String], _ files: [File]) {
        self.files = files
        self.order = Dictionary(uniqueKeysWithValues: zip(order, 0...))
        var owners: [String: [File]] = [:]
        for file in files {
            for declaration in file.types.declarations {
                owners[declaration.name, default: []].append(file)
            }
        }
        self.owners = owners
    }

    /// The order of a module's folders, as `Documentation/architecture.md` lists them: below a
    /// heading that names the module, in code at the beginning of each item.
    static func order(of module: String) throws -> [String] {
        let text = try #require(try Repository.text("Documentation/architecture.md"))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let section = lines.drop { $0 != "### `\(module)`" }.dropFirst()
            .prefix { !$0.hasPrefix("#") }
        return section.compactMap { line in
            guard let start = line.firstIndex(of: "`"), line.first?.isNumber == true else {
                return nil
            }
            return String(line[line.index(after: start)...].prefix { $0 != "`" })
        }
    }

    /// What is named from below, with file, line, type and folder.
    var faults: [String] {
        var seen: Set<String> = []
        let all = files.flatMap { file in file.types.uses.compactMap { fault($0, in: file) } }
        return (all + hiddenCalls).filter { seen.insert($0).inserted }
    }

    private func fault(_ use: SwiftTypes.Use, in file: File) -> String? {
        guard let name = resolved(use), let owners = owners[name],
            !owners.contains(where: { $0.path == file.path }), let owner = owners.first
        else { return nil }
        // A type that is declared in an extension belongs to the folder of the extended type.
        let folder = home(of: name) ?? owner.folder
        if rank(folder) > rank(file.folder) {
            return "\(file.path):\(use.line) names \(name) of the folder \(folder), which comes"
                + " later"
        }
        if let extended = use.extended, let home = home(of: extended), rank(folder) > rank(home) {
            return "\(file.path):\(use.line) names \(name) of the folder \(folder) in an extension"
                + " of \(extended), which is of the earlier folder \(home)"
        }
        return nil
    }

    /// Protocols through which something above is called: all that conform to them stand later.
    private var hiddenCalls: [String] {
        files.flatMap { file in
            file.types.declarations.filter(\.isHiddenProtocol).compactMap { declared in
                let conforming = files.filter { other in
                    other.types.uses.contains { $0.isInheritance && $0.name == declared.name }
                }.map { other in
                    other.types.uses.first { $0.isInheritance && $0.name == declared.name }
                        .flatMap { $0.extended }.flatMap { home(of: $0) } ?? other.folder
                }
                guard !conforming.isEmpty,
                    conforming.allSatisfy({ rank($0) > rank(file.folder) })
                else { return nil }
                return "\(file.path):\(declared.line): only types of later folders conform to the"
                    + " protocol \(declared.name)"
            }
        }
    }

    /// The folder of a type's outermost declaration.
    private func home(of name: String) -> String? {
        let outermost = String(name.prefix { $0 != "." })
        return owners[outermost]?.first?.folder
    }

    private func rank(_ folder: String) -> Int { order[folder] ?? .max }

    /// The qualified name of what a use means: of a type within the ones around it, or else of one
    /// that stands by itself. Nil for types of other modules.
    private func resolved(_ use: SwiftTypes.Use) -> String? {
        let parts = use.name.split(separator: ".")
        let around = use.context.split(separator: ".")
        for count in (1...parts.count).reversed() {
            let name = parts[..<count].joined(separator: ".")
            for depth in (0...around.count).reversed() {
                let full = (around[..<depth].map(String.init) + [name]).joined(separator: ".")
                if owners[full] != nil { return full }
            }
        }
        return nil
    }
}
