/// The form in which requests travel: everything that depends on it is named here.
package enum WireForm: String, Sendable, CaseIterable {
    /// OTLP over HTTP, as JSON.
    case json = "http/json"

    /// Tells what an attribute set or a descriptor keeps in this form from what it keeps in another.
    var renderingKey: UInt8 {
        switch self {
        case .json: 1
        }
    }
}
