import Testing

/// Tests stand where the code stands that they test.
@Suite struct MirrorTests {
    /// The folder under Sources that a folder under Tests mirrors.
    static let mirrored = [
        "CThreadCellsTests": "CThreadCells",
        "InstrumentsTests": "Instruments",
        "InstrumentsTestingTests": "InstrumentsTesting",
        "JSONTextTests": "JSONText",
        "OTelEmitterTests": "OTelEmitter",
        "OTelEmitterToolsTests": "OTelEmitterTools",
        "RPPNodeTests": "rpp-node",
        "RPPTelemetryTests": "RPPTelemetry",
        "OTelEmitTests": "otel-emit",
        "DashboardsTests": "dashboards",
    ]

    /// Tests of the whole, and what tests share: they mirror nothing.
    private static let others: Set = [
        "CFaults", "CollectorTests", "DatabaseTests", "Differential", "DifferentialTests",
        "EmitterChild", "ExamplesTests", "Oracle", "OracleTests",
        "PipelineTests", "RepositoryTests", "TestSupport", "TransportTests",
    ]

    /// Test files without a namesake, each with its reason.
    private static let exceptions: [String: String] = [
        "Tests/DashboardsTests/ConfigurationTests.swift": "files and documents by hand",
        "Tests/DashboardsTests/ExpressionTests.swift": "generated expressions, by all files",
        "Tests/DashboardsTests/PromtoolTests.swift": "what Prometheus makes of all files",
        "Tests/InstrumentsTests/Cells/ExponentialVectorsTests.swift": "facts from other SDKs",
        "Tests/InstrumentsTests/Conformance/AggregationRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/InstrumentRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ObservableRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ReaderRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ReservoirRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ShutdownRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ViewRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/TemporalityRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Conformance/ExemplarRowsTests.swift": "rows of the checklist",
        "Tests/InstrumentsTests/Scenarios/CallbackScenarioTests.swift": "failure scenarios",
        "Tests/InstrumentsTests/Scenarios/ChurnScenarioTests.swift": "failure scenarios",
        "Tests/InstrumentsTests/Scenarios/DataScenarioTests.swift": "failure scenarios",
        "Tests/InstrumentsTests/SupplementaryGuidelinesTests.swift": "a document's walk-throughs",
        "Tests/OTelEmitTests/Check/CertificateTests.swift": "outcomes of check, with real servers",
        "Tests/RPPNodeTests/Bytes/TextFormTests.swift": "Base58 and Hexadecimal are tested alike",
        "Tests/RPPNodeTests/TelemetryWorkerTests.swift": "a node beside every kind of server",
        "Tests/OTelEmitterTests/Encode/OTLP/EncodingRowsTests.swift": "rows of the checklist",
        "Tests/OTelEmitterTests/Encode/SnapshotCopyTests.swift": "snapshots through all encoders",
        "Tests/OTelEmitterTests/Spool/SpoolInspectionTests.swift": "the tools, on a simulated disk",
        "Tests/OTelEmitterTests/Encode/GoldenTests.swift": "whole requests, by all files of Encode",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+EndpointTests.swift":
            "variables of endpoints",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+EnvironmentTests.swift":
            "other variables",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+PathsTests.swift":
            "all paths of options",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+ProblemsTests.swift":
            "mistakes in options",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+ResourceTests.swift":
            "variables of the resource",
        "Tests/OTelEmitterTests/Configuration/EmitterConfiguration+SettingsTests.swift":
            "all printed texts",
        "Tests/OTelEmitterTests/Delivery/DivisionSearchTests.swift": "what intervals learn",
        "Tests/OTelEmitterTests/Spool/SpoolCrashTests.swift": "a spool that dies at every call",
        "Tests/OTelEmitterTests/Spool/SpoolDamageTests.swift": "damaged and foreign files",
        "Tests/OTelEmitterTests/Spool/SpoolDiskTests.swift": "real disks in trouble",
        "Tests/OTelEmitterTests/Spool/SpoolFaultTests.swift": "a disk that fails at every call",
        "Tests/OTelEmitterTests/Spool/SpoolNeighbourTests.swift": "two spools at every call",
        "Tests/OTelEmitterTests/Spool/SpoolProcessTests.swift": "real processes, and kill -9",
    ]

    @Test func everyFolderIsKnown() {
        let folders = Set(
            Repository.files(below: "Tests").map { path in
                String(path.dropFirst("Tests/".count).prefix { $0 != "/" })
            })
        let known = Self.others.union(Self.mirrored.keys)
        #expect(folders.subtracting(known) == [])
    }

    @Test func everyTestFileStandsBesideItsSource() {
        for tests in Self.mirrored.keys {
            for path in Repository.files(below: "Tests/\(tests)", endingIn: "Tests.swift")
            where Self.exceptions[path] == nil {
                let sources = Self.sources(of: path)
                #expect(
                    sources.contains { Repository.files.contains($0) },
                    "\(path) mirrors no file: \(sources.first ?? "") does not exist")
            }
        }
    }

    @Test func exceptionsAreNeeded() {
        for path in Self.exceptions.keys {
            #expect(Repository.files.contains(path), "\(path), an exception, does not exist")
            let sources = Self.sources(of: path)
            #expect(!sources.isEmpty, "\(path) is not in a folder that mirrors another")
            for source in sources {
                #expect(
                    !Repository.files.contains(source),
                    "\(path) mirrors \(source) and needs no exception")
            }
        }
    }

    @Test func sourcesOfATestAreItsNamesakes() {
        #expect(
            Self.sources(of: "Tests/JSONTextTests/A/BTests.swift")
                == ["Sources/JSONText/A/B.swift", "Sources/JSONText/A/B.c"])
        #expect(Self.sources(of: "Tests/TransportTests/ATests.swift") == [])
    }

    /// The files that a test file would stand beside; empty if its folder mirrors none.
    private static func sources(of path: String) -> [String] {
        let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, let folder = mirrored[parts[1]] else { return [] }
        let inside = parts[2].dropLast("Tests.swift".count)
        return [".swift", ".c"].map { "Sources/\(folder)/\(inside)\($0)" }
    }
}
