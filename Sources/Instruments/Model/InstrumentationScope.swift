/// The library or component whose meter made an instrument; its four parts identify it (A2.3).
public struct InstrumentationScope: Sendable, Hashable {
    /// The name of the library or component.
    public let name: String
    /// Its version; empty if there is none.
    public let version: String
    /// The URL of the schema that its telemetry follows; empty if there is none.
    public let schemaURL: String
    /// Attributes of the scope, not of its data points.
    public let attributes: AttributeSet

    /// Makes a scope; an empty name is possible and told as such.
    public init(
        name: String, version: String = "", schemaURL: String = "",
        attributes: AttributeSet = .empty
    ) {
        self.name = name
        self.version = version
        self.schemaURL = schemaURL
        self.attributes = attributes
    }

    /// The order of scopes in all output.
    func precedes(_ other: InstrumentationScope) -> Bool {
        if name != other.name { return name.precedes(other.name) }
        if version != other.version { return version.precedes(other.version) }
        if schemaURL != other.schemaURL { return schemaURL.precedes(other.schemaURL) }
        return attributes.precedes(other.attributes)
    }
}
