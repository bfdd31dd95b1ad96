internal import Instruments

/// What describes the process (checklist F).
extension EmitterConfiguration {
    /// What the environment alone says.
    static func readResource(_ reader: inout EnvironmentReader) -> Resource {
        if reader.text(.entities) != nil {
            reader.reject(
                .entities, nil, "entities are not supported; use OTEL_RESOURCE_ATTRIBUTES")
        }
        var attributes = ResourceAttributeList.parse(&reader)
        for attribute in attributes {
            reader.note("resource." + attribute.key, .resourceAttributes)
        }
        if let name = reader.text(.serviceName) {
            attributes.append(Attribute("service.name", .string(name)))
            reader.note("resource.service.name", .serviceName)
        }
        return Resource(AttributeSet(attributes))
    }

    static func defaultResource() -> Resource {
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
