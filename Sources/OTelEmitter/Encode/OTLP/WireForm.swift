/// The protocol and encoding of requests. Everything that depends on them refers to this type.
///
/// The raw value is the protocol's name in `OTEL_EXPORTER_OTLP_PROTOCOL`.
package enum WireForm: String, Sendable, CaseIterable {
    /// OTLP over HTTP, as JSON.
    case json = "http/json"

    /// Its name for people, where OTLP needs no mention.
    package var name: String {
        switch self {
        case .json: "JSON"
        }
    }

    /// The header `Content-Type` of a request.
    package var contentType: String {
        switch self {
        case .json: "application/json"
        }
    }

    /// The attribute `otel.component.type` of an exporter, from the semantic conventions.
    var exporterType: String {
        switch self {
        case .json: "otlp_http_json_metric_exporter"
        }
    }

    /// Tells what an attribute set or a descriptor keeps in this form from what it keeps in another.
    var renderingKey: UInt8 {
        switch self {
        case .json: 1
        }
    }

    /// The version of the spool's files that hold requests of this form.
    var spoolVersion: UInt32 {
        switch self {
        case .json: 1
        }
    }

    /// Nil if no form has files of this version.
    init?(spoolVersion: UInt32) {
        guard let form = Self.allCases.first(where: { $0.spoolVersion == spoolVersion }) else {
            return nil
        }
        self = form
    }

    /// A request without data points: valid, though nothing that an emitter sends.
    package var emptyRequest: [UInt8] {
        switch self {
        case .json: Array("{\"resourceMetrics\":[]}".utf8)
        }
    }

    /// What to do about a receiver that takes no request of this form.
    package var adviceIfRefused: String {
        switch self {
        case .json:
            "the receiver takes no OTLP JSON (VictoriaMetrics is one); send through a collector"
        }
    }

    /// Where the data points of a request are, so that it can be divided; nil if the bytes are no
    /// request or hold no data point.
    func index(of request: [UInt8]) -> RequestIndex? {
        switch self {
        case .json: RequestIndex(request)
        }
    }
}
