// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "otel-emitter", path: "..")],
    targets: [
        .target(name: "CLimits", cSettings: [.unsafeFlags(["-O2"])]),
        .target(
            name: "Measuring",
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "recording",
            dependencies: [
                "CLimits", .product(name: "Instruments", package: "otel-emitter"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "collecting",
            dependencies: [
                "CLimits", "Measuring", .product(name: "Instruments", package: "otel-emitter"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "memory",
            dependencies: [
                "CLimits", "Measuring", .product(name: "Instruments", package: "otel-emitter"),
                .product(name: "OTelEmitter", package: "otel-emitter"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "deadlines",
            dependencies: ["Measuring", .product(name: "OTelEmitter", package: "otel-emitter")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "pace", dependencies: ["Measuring"],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
        .target(
            name: "CExportLimits", cSettings: [.unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("curl"), .linkedLibrary("z")]),
        .executableTarget(
            name: "exporting",
            dependencies: [
                "CExportLimits", .product(name: "Instruments", package: "otel-emitter"),
                .product(name: "EncodingBenchmark", package: "otel-emitter"),
                .product(name: "OTelEmitter", package: "otel-emitter"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
    ]
)
