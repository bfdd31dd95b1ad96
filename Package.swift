// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same settings: warnings are errors, and the upcoming
/// features that make imports and existential types explicit are on.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "otel-emitter",
    products: [
        .library(name: "Instruments", targets: ["Instruments"]),
        .library(name: "InstrumentsTesting", targets: ["InstrumentsTesting"]),
        .library(name: "OTelEmitter", targets: ["OTelEmitter"]),
        .library(name: "RPPTelemetry", targets: ["RPPTelemetry"]),
        .executable(name: "rpp-node", targets: ["rpp-node"]),
        .executable(name: "otel-emit", targets: ["otel-emit"]),
        // For the package in Benchmarks only: no part of the interface.
        .library(name: "EncodingBenchmark", targets: ["EncodingBenchmark"]),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .yum(["libcurl-devel"])]
        ),
        .systemLibrary(
            name: "CZlib",
            providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"])]
        ),
        .target(name: "CThreadCells", cSettings: [.treatAllWarnings(as: .error)]),
        .target(name: "JSONText", swiftSettings: strict),
        .target(name: "Instruments", dependencies: ["CThreadCells"], swiftSettings: strict),
        .target(
            name: "InstrumentsTesting", dependencies: ["Instruments"], swiftSettings: strict),
        .target(
            name: "OTelEmitter",
            dependencies: ["Instruments", "JSONText", "CCurl", "CZlib"],
            swiftSettings: strict
        ),
        .target(
            name: "OTelEmitterTools", dependencies: ["OTelEmitter", "Instruments", "JSONText"],
            swiftSettings: strict),
        // For the package of benchmarks only: the encoder without the way to it.
        .target(
            name: "EncodingBenchmark", dependencies: ["OTelEmitter", "Instruments"],
            path: "Benchmarks/EncodingBenchmark", swiftSettings: strict),
        .target(
            name: "RPPTelemetry",
            dependencies: ["Instruments", "OTelEmitter", "JSONText"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "rpp-node",
            dependencies: ["Instruments", "OTelEmitter", "RPPTelemetry", "CCurl"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "otel-emit", dependencies: ["OTelEmitter", "OTelEmitterTools", "JSONText"],
            swiftSettings: strict),
        // Not a product: it makes the files of collector-config.
        .executableTarget(
            name: "dashboards",
            dependencies: ["Instruments", "RPPTelemetry", "OTelEmitter", "JSONText"],
            swiftSettings: strict),
        .target(
            name: "Examples", dependencies: ["RPPTelemetry", "OTelEmitter"], path: "Examples",
            swiftSettings: strict),
        .testTarget(
            name: "ExamplesTests",
            dependencies: ["Examples", "RPPTelemetry", "OTelEmitter", "Instruments"],
            swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["Instruments", "CZlib"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "InstrumentsTestingTests", dependencies: ["InstrumentsTesting", "Instruments"],
            swiftSettings: strict),
        .testTarget(
            name: "RPPTelemetryTests",
            dependencies: ["RPPTelemetry", "OTelEmitter", "Instruments", "TestSupport"],
            exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "RPPNodeTests",
            dependencies: [
                "rpp-node", "RPPTelemetry", "OTelEmitter", "Instruments", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "OTelEmitTests",
            dependencies: [
                "otel-emit", "OTelEmitterTools", "OTelEmitter", "Instruments", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "DashboardsTests",
            dependencies: [
                "dashboards", "RPPTelemetry", "OTelEmitter", "Instruments", "JSONText",
                "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CThreadCellsTests", dependencies: ["CThreadCells", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "InstrumentsTests",
            dependencies: ["Instruments", "InstrumentsTesting", "CThreadCells", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "OTelEmitterTests",
            dependencies: [
                "OTelEmitterTools", "OTelEmitter", "Instruments", "InstrumentsTesting", "JSONText",
                "TestSupport",
            ], exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "OTelEmitterToolsTests",
            dependencies: [
                "OTelEmitterTools", "OTelEmitter", "Instruments", "JSONText", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "OracleTests",
            dependencies: ["OTelEmitter", "Instruments", "RPPTelemetry", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "DifferentialTests", dependencies: ["Instruments", "TestSupport"],
            swiftSettings: strict),
        .target(
            name: "CFaults", path: "Tests/CFaults",
            cSettings: [.treatAllWarnings(as: .error)]),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "OTelEmitter", "Instruments", "InstrumentsTesting", "CCurl", "CFaults",
                "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "OTelEmitterTools", "OTelEmitter", "Instruments", "InstrumentsTesting",
                "TestSupport",
            ], swiftSettings: strict),
        .executableTarget(
            name: "emitter-child", dependencies: ["OTelEmitter", "Instruments"],
            path: "Tests/EmitterChild", swiftSettings: strict),
        .testTarget(
            name: "CollectorTests",
            dependencies: [
                "emitter-child", "OTelEmitter", "Instruments", "RPPTelemetry", "rpp-node",
                "otel-emit", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "DatabaseTests", dependencies: ["rpp-node", "Instruments", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "RepositoryTests",
            dependencies: ["OTelEmitter", "Instruments", "InstrumentsTesting", "RPPTelemetry"],
            swiftSettings: strict),
    ]
)
