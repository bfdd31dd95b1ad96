/// The protocol and encoding of requests. Everything that depends on them refers to this type.
package enum WireForm: String, Sendable, CaseIterable {
    /// OTLP over HTTP, as JSON.
    case json = "http/json"
}
