// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "endurance",
    dependencies: [.package(name: "otel-emitter", path: "..")],
    targets: [
        .target(name: "CProbe", cSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "endurance",
            dependencies: [
                "CProbe", .product(name: "Instruments", package: "otel-emitter"),
                .product(name: "OTelEmitter", package: "otel-emitter"),
                .product(name: "RPPTelemetry", package: "otel-emitter"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),
    ]
)
