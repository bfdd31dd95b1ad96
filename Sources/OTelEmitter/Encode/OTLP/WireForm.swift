/// The form in which requests travel: everything that depends on it is named here.
package enum WireForm: String, Sendable, CaseIterable {
    /// OTLP over HTTP, as JSON.
    case json = "http/json"
}
