/// The environment variables that the emitter knows; README's table is this one.
///
/// All follow the specification's rules: an empty value counts as unset, a value that can't be used
/// is reported and ignored, and none is ever fatal (checklist D).
package enum EnvironmentVariable: String, CaseIterable, Sendable {
    case sdkDisabled = "OTEL_SDK_DISABLED"
    case configFile = "OTEL_CONFIG_FILE"
    case experimentalConfigFile = "OTEL_EXPERIMENTAL_CONFIG_FILE"
    case logLevel = "OTEL_LOG_LEVEL"
    case serviceName = "OTEL_SERVICE_NAME"
    case resourceAttributes = "OTEL_RESOURCE_ATTRIBUTES"
    case entities = "OTEL_ENTITIES"
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
    case certificate = "OTEL_EXPORTER_OTLP_CERTIFICATE"
    case metricsCertificate = "OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE"
    case clientCertificate = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"
    case metricsClientCertificate = "OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE"
    case clientKey = "OTEL_EXPORTER_OTLP_CLIENT_KEY"
    case metricsClientKey = "OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY"
    case insecure = "OTEL_EXPORTER_OTLP_INSECURE"
    case metricsInsecure = "OTEL_EXPORTER_OTLP_METRICS_INSECURE"
    case prometheusHost = "OTEL_EXPORTER_PROMETHEUS_HOST"
    case prometheusPort = "OTEL_EXPORTER_PROMETHEUS_PORT"
    case failoverEndpoint = "OTEL_SWIFT_FAILOVER_ENDPOINT"
    case exportFile = "OTEL_SWIFT_EXPORT_FILE"
    case spoolDirectory = "OTEL_SWIFT_SPOOL_DIRECTORY"
    case spoolMaximumBytes = "OTEL_SWIFT_SPOOL_MAX_BYTES"
    case spoolMaximumAge = "OTEL_SWIFT_SPOOL_MAX_AGE"
    case selfMetrics = "OTEL_SWIFT_SELF_METRICS"

    /// What holds while the variable is unset, as README shows it.
    package var defaultText: String {
        switch self {
        case .sdkDisabled, .insecure: "false"
        case .logLevel: "info"
        case .serviceName: "unknown_service:<executable>"
        case .configFile, .experimentalConfigFile, .resourceAttributes, .entities, .headers,
            .failoverEndpoint, .exportFile, .spoolDirectory, .clientCertificate, .clientKey:
            "none"
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
        case .certificate: "the system's authorities"
        case .metricsHeaders, .metricsCompression, .metricsTimeout, .metricsProtocol,
            .metricsCertificate, .metricsClientCertificate, .metricsClientKey, .metricsInsecure:
            "the general variable"
        case .prometheusHost: "localhost"
        case .prometheusPort: "9464"
        case .spoolMaximumBytes: "1073741824"
        case .spoolMaximumAge: "172800000"
        case .selfMetrics: "true"
        }
    }
}
