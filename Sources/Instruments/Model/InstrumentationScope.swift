/// The library or component whose meter made an instrument; its four parts identify it (A2.3).
public struct InstrumentationScope: Sendable, Hashable {
    public let name: String
    public let version: String
    public let schemaURL: String
    public let attributes: AttributeSet

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
