import Instruments
import Testing

@testable import OTelEmitter

/// Rows F1 to F6 and F13 of the checklist.
@Suite struct EmitterConfigurationResourceTests {
    private func make(_ environment: [EnvironmentVariable: String] = [:]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    private func keys(_ configuration: EmitterConfiguration) -> [String] {
        configuration.resource.attributes.attributes.map(\.key)
    }

    /// Nothing tells host, address or user (pain 45).
    @Test func f1_theDefaultResourceHasTheseAttributesAndNoOthers() {
        #expect(
            keys(make()) == [
                "service.instance.id", "service.name", "telemetry.sdk.language",
                "telemetry.sdk.name", "telemetry.sdk.version",
            ])
    }

    @Test func f2_theLibraryDoesNotClaimToBeTheOfficialOne() {
        let attributes = make().resource.attributes
        #expect(attributes["telemetry.sdk.name"] == "otel-emitter")
        #expect(attributes["telemetry.sdk.language"] == "swift")
        #expect(attributes["telemetry.sdk.version"] == .string(Version.number))
        #expect(Version.userAgent.hasPrefix("\(Version.name)/\(Version.number) "))
    }

    @Test func f3_aServiceWithoutANameIsUnknownAndNamedAfterItsProgram() throws {
        let program = try #require(ProcessEnvironment.executableName())
        #expect(
            make().resource.attributes["service.name"] == .string("unknown_service:" + program))
    }

    @Test func f4_everyEmitterHasAnInstanceOfItsOwnUnlessItIsGiven() {
        let ids = (0..<50).map { _ in make().resource.attributes["service.instance.id"] }
        #expect(Set(ids).count == 50)
        let given = make([.resourceAttributes: "service.instance.id=a"])
        #expect(given.resource.attributes["service.instance.id"] == "a")
    }

    @Test func f5_theUpdatingResourceWinsEvenIfEmpty() {
        var configuration = make([.serviceName: "s"])
        configuration.resource = configuration.resource.merging(
            Resource(["service.name": "", "k": 1], schemaURL: "u"))
        #expect(configuration.resource.attributes["service.name"] == "")
        #expect(configuration.resource.attributes["k"] == 1)
        #expect(configuration.resource.schemaURL == "u")
    }

    @Test func f6_theEnvironmentStaysBelowWhatCodeSets() {
        var configuration = make([.resourceAttributes: "a=1,b=2", .serviceName: "s"])
        configuration.resource = Resource(["b": "code", "c": 3], schemaURL: "u")
        let attributes = configuration.resource.attributes
        #expect(attributes == ["a": "1", "b": "code", "c": 3, "service.name": "s"])
        #expect(configuration.resource.schemaURL == "u")
    }

    @Test func f6_withoutAnEnvironmentCodeSaysItAll() {
        var configuration = make()
        configuration.resource = Resource(["a": 1])
        #expect(configuration.resource == Resource(["a": 1]))
    }

    @Test func f6_theEmitterCollectsWithIt() {
        var configuration = make([.resourceAttributes: "a=1", .metricsExporter: "none"])
        configuration.resource = Resource(["b": 2])
        let emitter = Emitter(configuration)
        #expect(emitter.meterProvider.collect().resource.attributes == ["a": "1", "b": 2])
    }

    /// F13
    @Test func f13_attributesOfTheResourceAreOfAnyKindAndLength() {
        var configuration = make()
        let long = String(repeating: "x", count: 100_000)
        let many = (0..<500).map { Attribute("k\($0)", .int(Int64($0))) }
        configuration.resource = Resource(
            AttributeSet(
                many + [
                    Attribute("long", .string(long)), Attribute("list", .array([1, "x", true])),
                    Attribute("map", .map([Attribute("k", .double(0.5))])),
                    Attribute("bytes", .bytes([0, 255])),
                ]))
        let attributes = configuration.resource.attributes
        #expect(attributes.attributes.count == 504)
        #expect(attributes["long"] == .string(long))
        #expect(attributes["list"] == .array([1, "x", true]))
    }

    @Test func entitiesAreReportedOnceAndIgnored() {
        let configuration = make([.entities: "host{host.id=secret}", .serviceName: "s"])
        #expect(configuration.problems.map(\.variable) == ["OTEL_ENTITIES"])
        #expect(configuration.problems.first?.description.contains("secret") == false)
        #expect(keys(configuration) == keys(make()))
    }
}
