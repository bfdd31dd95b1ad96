import Testing

/// What Package.swift promises.
@Suite struct ManifestTests {
    private func manifest(_ path: String = "Package.swift") throws -> SwiftSource {
        SwiftSource(path: path, text: try #require(try Repository.text(path)))
    }

    @Test func packageHasNoDependencies() throws {
        #expect(try manifest().places { $0.contains(".package(") } == [])
        #expect(!Repository.files.contains("Package.resolved"))
    }

    @Test func settingsAreStrict() throws {
        let text = try manifest().lines.joined(separator: "\n")
        for setting in [
            ".swiftLanguageMode(.v6)", "ExistentialAny", "InternalImportsByDefault",
            "MemberImportVisibility", ".treatAllWarnings(as: .error)",
        ] {
            #expect(text.contains(setting), "\(setting) is missing")
        }
        let code = try manifest().code.joined(separator: "\n")
        let targets = [".target(", ".executableTarget(", ".testTarget("].map { kind in
            code.ranges(of: kind).count
        }.reduce(0, +)
        let strict = code.ranges(of: "swiftSettings: strict").count
        let inC = code.ranges(of: "cSettings: [.treatAllWarnings(as: .error)]").count
        #expect(targets > 5)
        #expect(strict + inC == targets)
    }

    @Test func everyFolderUnderSourcesAndTestsIsATarget() throws {
        let text = try manifest().lines.joined(separator: "\n")
        let folders = Set(
            Repository.files.compactMap { path -> String? in
                let parts = path.split(separator: "/")
                guard parts.count > 2, ["Sources", "Tests"].contains(parts[0]) else { return nil }
                return String(parts[1])
            })
        // Programs and requirements of the Python environment, no Swift; a program with a name of
        // its own.
        let others: Set = ["Oracle", "Differential", "EmitterChild", "Preview", "Scripts"]
        for folder in folders.subtracting(others) {
            #expect(text.contains("\"\(folder)\""), "\(folder) is not in Package.swift")
        }
    }
}
