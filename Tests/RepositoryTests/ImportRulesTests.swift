import Testing

/// Who may know whom: the table of the house, folder by folder.
@Suite struct ImportRulesTests {
    /// What the standard library and libc bring; no rule concerns them but JSONText's.
    private static let system: Set = ["Synchronization", "Glibc"]

    /// The longest folder that fits decides.
    private static let allowed: [String: Set<String>] = [
        "Sources/JSONText": [],
        "Sources/Instruments": system.union(["CThreadCells"]),
        "Sources/InstrumentsTesting": system.union(["Instruments"]),
        "Sources/OTelEmitter": system.union(["Instruments", "JSONText"]),
        "Sources/OTelEmitter/Transport/HTTP": system.union(["Instruments", "JSONText", "CCurl"]),
        "Sources/OTelEmitter/Encode/Gzip": system.union(["JSONText", "CZlib"]),
        "Sources/OTelEmitterTools": system.union(["Instruments", "OTelEmitter", "JSONText"]),
        "Sources/RPPTelemetry": system.union(["Instruments", "OTelEmitter", "JSONText"]),
        "Sources/rpp-node":
            system.union(["Instruments", "OTelEmitter", "RPPTelemetry", "JSONText", "CCurl"]),
        "Sources/otel-emit": system.union(["OTelEmitter", "OTelEmitterTools", "JSONText"]),
        "Sources/dashboards":
            system.union(["Instruments", "OTelEmitter", "RPPTelemetry", "JSONText"]),
    ]

    private static func allowedImports(of path: String) -> Set<String>? {
        let fitting = allowed.keys.filter { path == $0 || path.hasPrefix($0 + "/") }
        return fitting.max { $0.count < $1.count }.flatMap { allowed[$0] }
    }

    @Test func everyFileImportsOnlyWhatItsFolderMayKnow() throws {
        let sources = try SwiftSource.all(below: "Sources")
        #expect(sources.count > 50)
        for source in sources {
            guard let allowed = Self.allowedImports(of: source.path) else {
                Issue.record("\(source.path): its folder has no row in the table of imports")
                continue
            }
            for (module, place) in source.imports where !allowed.contains(module) {
                Issue.record("\(place) imports \(module); allowed are \(allowed.sorted())")
            }
        }
    }

    @Test func rulesCoverTheSpecialPlaces() {
        #expect(
            Self.allowedImports(of: "Sources/OTelEmitter/Encode/OTLP/A.swift")?.contains("CZlib")
                == false)
        #expect(
            Self.allowedImports(of: "Sources/OTelEmitter/Export/A.swift")?.contains("CCurl")
                == false)
        #expect(
            Self.allowedImports(of: "Sources/OTelEmitter/Transport/HTTP/A.swift")?.contains("CCurl")
                == true)
        #expect(
            Self.allowedImports(of: "Sources/InstrumentsTesting/A.swift")?.contains("CThreadCells")
                == false)
        #expect(Self.allowedImports(of: "Sources/Other/A.swift") == nil)
        #expect(Self.allowed.values.allSatisfy { !$0.contains("Foundation") })
    }

    /// Shims of system libraries are `static inline` and have no logic.
    @Test(arguments: ["CCurl", "CZlib"])
    func shimsHaveNoLogic(module: String) throws {
        let headers = Repository.files(below: "Sources/\(module)", endingIn: ".h")
        #expect(!headers.isEmpty)
        for path in headers {
            let text = try #require(try Repository.text(path))
            // Comments look alike in C.
            let source = SwiftSource(path: path, text: text)
            for word in ["if", "for", "while", "switch", "goto", "do"] {
                let places = source.places { !$0.hasPrefix("#") && $0.hasWord(word) }
                #expect(places == [], "\(word) in a shim")
            }
        }
        #expect(Repository.files(below: "Sources/\(module)", endingIn: ".c") == [])
    }
}
