/// What describes the process that measures: service name, version, instance.
/// Specification: resource SDK.
public struct Resource: Sendable, Equatable {
    /// The attributes, such as `service.name`.
    public let attributes: AttributeSet
    /// The URL of the schema that the attributes follow; empty if there is none.
    public let schemaURL: String

    /// Makes a resource, by default without attributes.
    public init(_ attributes: AttributeSet = .empty, schemaURL: String = "") {
        self.attributes = attributes
        self.schemaURL = schemaURL
    }

    /// This resource with `updating` over it: its attributes win, even if empty (checklist F5).
    ///
    /// Two different schema URLs can't be reconciled: the result then has none.
    public func merging(_ updating: Resource) -> Resource {
        let url: String
        if schemaURL.isEmpty || updating.schemaURL == schemaURL {
            url = updating.schemaURL
        } else {
            url = updating.schemaURL.isEmpty ? schemaURL : ""
        }
        return Resource(
            AttributeSet(attributes.attributes + updating.attributes.attributes), schemaURL: url)
    }
}
