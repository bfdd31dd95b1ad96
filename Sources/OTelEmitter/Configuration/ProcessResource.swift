internal import Instruments

/// What describes the process: what the environment says of it stays below what code sets.
struct ProcessResource: Sendable {
    private(set) var resource = ProcessResource.standard
    /// What the environment alone says.
    private var environment = Resource()

    /// Sets what code says.
    mutating func set(_ resource: Resource) {
        self.resource = environment.merging(resource)
    }

    /// Reads the list of attributes.
    mutating func readAttributes(
        _ reader: inout EnvironmentReader, _ variables: [EnvironmentVariable]
    ) {
        for variable in variables {
            add(ResourceAttributeList.parse(variable, &reader), from: variable, &reader)
        }
    }

    /// Reads the service's name, which takes precedence over the list.
    mutating func readName(
        _ reader: inout EnvironmentReader, _ variables: [EnvironmentVariable]
    ) {
        for variable in variables {
            guard let name = reader.text(variable) else { continue }
            add([Attribute("service.name", .string(name))], from: variable, &reader)
        }
    }

    private mutating func add(
        _ attributes: [Attribute], from variable: EnvironmentVariable,
        _ reader: inout EnvironmentReader
    ) {
        for attribute in attributes { reader.note("resource." + attribute.key, variable) }
        let found = Resource(AttributeSet(attributes))
        environment = environment.merging(found)
        resource = resource.merging(found)
    }

    /// What is printed: a line for each attribute, without secrets.
    var settings: [ConfigurationSetting] {
        var settings = resource.attributes.attributes.map { attribute in
            let value =
                if case .string(let text) = attribute.value { text } else {
                    ConsoleText.text(attribute.value)
                }
            let shown = Redaction.shown(value, of: attribute.key)
            return ConfigurationSetting("resource." + attribute.key.onOneLine, shown, exact: value)
        }
        if !resource.schemaURL.isEmpty {
            settings.append(ConfigurationSetting("resource schema URL", resource.schemaURL))
        }
        return settings
    }

    private static var standard: Resource {
        let program = ProcessEnvironment.executableName().map { ":" + $0 } ?? ""
        var random = SystemRandomNumberGenerator()
        return Resource([
            "service.name": .string("unknown_service" + program),
            "service.instance.id": .string(RandomUUID.make(using: &random)),
            "telemetry.sdk.name": .string(Version.name),
            "telemetry.sdk.language": "swift",
            "telemetry.sdk.version": .string(Version.number),
        ])
    }
}
