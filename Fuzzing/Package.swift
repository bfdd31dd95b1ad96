// swift-tools-version: 6.2
import PackageDescription

/// The sources of the package around this one, once more: built with libFuzzer's instrumentation,
/// which can't be asked for by a dependency, and open to `@testable` in a release build.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-enable-testing"]),
]

/// libFuzzer brings `main`; a program of ours is the function that it calls.
func target(_ name: String) -> Target {
    .executableTarget(
        name: name,
        dependencies: [
            "OTelEmitter", "OTelEmitterTools", "Instruments", "InstrumentsTesting", "JSONText",
        ],
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "fuzzing",
    targets: [
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CThreadCells"),
        .target(name: "JSONText", swiftSettings: settings),
        .target(name: "Instruments", dependencies: ["CThreadCells"], swiftSettings: settings),
        .target(
            name: "InstrumentsTesting", dependencies: ["Instruments"], swiftSettings: settings),
        .target(
            name: "OTelEmitter", dependencies: ["Instruments", "JSONText", "CCurl", "CZlib"],
            swiftSettings: settings),
        .target(
            name: "OTelEmitterTools", dependencies: ["OTelEmitter", "Instruments", "JSONText"],
            swiftSettings: settings),
        target("fuzz-response"), target("fuzz-environment"), target("fuzz-spool"),
        target("fuzz-directory"), target("fuzz-scrape"),
    ]
)
