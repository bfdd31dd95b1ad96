/// What describes the process that measures: service name, version, instance.
/// Specification: resource SDK.
public struct Resource: Sendable, Equatable {
    public let attributes: AttributeSet
    public let schemaURL: String

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
