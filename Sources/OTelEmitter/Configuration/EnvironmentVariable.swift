/// The environment variables that the emitter reads; README's table is this one.
///
/// All follow the specification's rules: an empty value counts as unset, a value that can't be used
/// is reported and ignored, and none is ever fatal (checklist D).
package enum EnvironmentVariable: String, CaseIterable, Sendable {
    case sdkDisabled = "OTEL_SDK_DISABLED"
    case serviceName = "OTEL_SERVICE_NAME"
    case resourceAttributes = "OTEL_RESOURCE_ATTRIBUTES"
    case metricsExporter = "OTEL_METRICS_EXPORTER"
    case exportInterval = "OTEL_METRIC_EXPORT_INTERVAL"
    case exportTimeout = "OTEL_METRIC_EXPORT_TIMEOUT"
    case exemplarFilter = "OTEL_METRICS_EXEMPLAR_FILTER"
    case temporality = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"
    case histogramAggregation = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"
    case endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"
    case metricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"
    case headers = "OTEL_EXPORTER_OTLP_HEADERS"
    case metricsHeaders = "OTEL_EXPORTER_OTLP_METRICS_HEADERS"
    case compression = "OTEL_EXPORTER_OTLP_COMPRESSION"
    case metricsCompression = "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION"
    case timeout = "OTEL_EXPORTER_OTLP_TIMEOUT"
    case metricsTimeout = "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT"
    case `protocol` = "OTEL_EXPORTER_OTLP_PROTOCOL"
    case metricsProtocol = "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"

    /// What holds while the variable is unset, as README shows it.
    package var defaultText: String {
        switch self {
        case .sdkDisabled: "false"
        case .serviceName: "unknown_service:<executable>"
        case .resourceAttributes, .headers, .metricsHeaders: "none"
        case .metricsExporter: "otlp"
        case .exportInterval: "60000"
        case .exportTimeout: "30000"
        case .exemplarFilter: "trace_based"
        case .temporality: "cumulative"
        case .histogramAggregation: "explicit_bucket_histogram"
        case .endpoint: "http://localhost:4318"
        case .metricsEndpoint: "endpoint + /v1/metrics"
        case .compression: "none"
        case .timeout: "10000"
        case .protocol: "http/json"
        case .metricsCompression, .metricsTimeout, .metricsProtocol: "the general variable"
        }
    }
}
