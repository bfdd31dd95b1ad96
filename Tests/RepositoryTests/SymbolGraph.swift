import Foundation

/// What the compiler knows of a module's public symbols, from the module as it was built for these
/// tests.
struct SymbolGraph {
    struct Symbol {
        /// Mangled, and so the same in all modules.
        let identifier: String
        /// `Counter.add(_:)` and the like.
        let name: String
        /// `file:line`; empty for what the compiler has made.
        let place: String
        /// The first line of its doc comment; nil without one.
        let summary: String?
        /// The requirements, of any module, that it implements.
        let implemented: [String]
    }

    let symbols: [Symbol]

    /// Asks `swift symbolgraph-extract`, the one beside the compiler on PATH.
    init(module: String) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("otel-emitter-symbols-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let build = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
        ).deletingLastPathComponent()
        let maps = [
            build.appendingPathComponent("CThreadCells.build/module.modulemap"),
            Repository.root.appendingPathComponent("Sources/CCurl/module.modulemap"),
            Repository.root.appendingPathComponent("Sources/CZlib/module.modulemap"),
        ]
        let arguments =
            [
                "swift", "symbolgraph-extract", "-module-name", module, "-output-dir", folder.path,
                "-I", build.appendingPathComponent("Modules").path, "-skip-synthesized-members",
                "-minimum-access-level", "public", "-target", try Self.target(),
            ] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] }
        _ = try Tool.run("/usr/bin/env", arguments)
        // The module's own symbols, and those that it adds to others.
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        symbols = try files.flatMap { try Self.read($0) }.sorted { $0.place < $1.place }
    }

    /// The triple that the compiler builds for.
    private static func target() throws -> String {
        let output = try Tool.run("/usr/bin/env", ["swift", "-print-target-info"])
        let info = try JSONSerialization.jsonObject(with: output) as? [String: Any]
        guard let triple = (info?["target"] as? [String: Any])?["triple"] as? String else {
            throw Tool.Failure(description: "swift does not say what it builds for")
        }
        return triple
    }

    private static func read(_ file: URL) throws -> [Symbol] {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        guard let graph = object as? [String: Any],
            let symbols = graph["symbols"] as? [[String: Any]],
            let relationships = graph["relationships"] as? [[String: Any]]
        else { throw Tool.Failure(description: "\(file.path) is no symbol graph") }
        var implemented: [String: [String]] = [:]
        for relationship in relationships {
            guard let source = relationship["source"] as? String,
                let origin = relationship["sourceOrigin"] as? [String: Any],
                let identifier = origin["identifier"] as? String
            else { continue }
            implemented[source, default: []].append(identifier)
        }
        return symbols.map { symbol in
            let names = symbol["identifier"] as? [String: Any]
            let identifier = names?["precise"] as? String ?? ""
            let path = symbol["pathComponents"] as? [String] ?? []
            return Symbol(
                identifier: identifier, name: path.joined(separator: "."),
                place: place(symbol["location"] as? [String: Any]),
                summary: summary(symbol["docComment"] as? [String: Any]),
                implemented: implemented[identifier] ?? [])
        }
    }

    private static func place(_ location: [String: Any]?) -> String {
        guard let file = location?["uri"] as? String,
            let line = (location?["position"] as? [String: Any])?["line"] as? Int
        else { return "" }
        let root = Repository.root.absoluteString
        return "\(file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file):\(line + 1)"
    }

    private static func summary(_ comment: [String: Any]?) -> String? {
        let lines = comment?["lines"] as? [[String: Any]]
        return lines?.first?["text"] as? String
    }
}
