public import Instruments

/// All options of an emitter.
///
/// A configuration starts with what the environment says, and code may change it: what code sets
/// wins.
///
///     var configuration = EmitterConfiguration()
///     configuration.exportInterval = .seconds(10)
///     let emitter = Emitter(configuration)
public struct EmitterConfiguration: Sendable {
    /// Whether anything is exported. Recording works either way.
    /// - Environment variable: `OTEL_SDK_DISABLED`, `OTEL_METRICS_EXPORTER` (`none`)
    /// - Default: true
    public var isExportEnabled = true

    /// Where data points go.
    /// - Environment variable: `OTEL_METRICS_EXPORTER` (`otlp`, `otlp/stdout`, `otlp/file`,
    ///   `console`), `OTEL_SWIFT_EXPORT_FILE` (the path for `otlp/file`)
    /// - Default: to a collector, as OTLP
    public var exporter = MetricsExporter.otlp

    /// Where requests go. If it is nil, nothing is sent, not even to the failover endpoint, and
    /// `problems` says so. A variable whose value can't be used makes it nil, so that no other
    /// address takes its place.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` (used as it is), else
    ///   `OTEL_EXPORTER_OTLP_ENDPOINT` (`v1/metrics` is appended)
    /// - Default: `http://localhost:4318/v1/metrics`
    public var endpoint: Endpoint? {
        get { endpointChoice.endpoint }
        set { endpointChoice = EndpointChoice(newValue) }
    }
    private var endpointChoice = EndpointChoice(.standard)

    /// A second endpoint, used only while the first one fails.
    /// - Environment variable: `OTEL_SWIFT_FAILOVER_ENDPOINT`, a full URL, used as it is
    /// - Default: none
    public var failoverEndpoint: Endpoint?

    /// The certificates that servers are verified against, and the emitter's own.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE`,
    ///   `OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE`, `OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY`;
    ///   else `OTEL_EXPORTER_OTLP_CERTIFICATE`, `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`,
    ///   `OTEL_EXPORTER_OTLP_CLIENT_KEY`
    /// - Default: the system's authorities, no client certificate
    public var tls = TLSOptions()

    /// Where batches that can't be delivered are kept on disk. Nil keeps them in memory only.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_DIRECTORY`, `OTEL_SWIFT_SPOOL_MAX_BYTES`,
    ///   `OTEL_SWIFT_SPOOL_MAX_AGE`
    /// - Default: none
    public var spool: SpoolOptions?

    /// Whether the emitter measures itself, in the scope `otelemitter`. It never does with the
    /// exporters `console`, `otlp/stdout` and `otlp/file`.
    /// - Environment variable: `OTEL_SWIFT_SELF_METRICS`
    /// - Default: true
    public var isSelfObserved = true

    /// Bytes of a response's body that are read, counted as they were sent: nothing is
    /// decompressed. If the body is larger, the status still counts, but the connection is closed.
    /// What the receiver says about rejected data points is then unknown, which is reported.
    /// - Default: 4 MiB
    public var responseByteLimit = 4 << 20

    /// Headers added to every request.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_HEADERS`, else
    ///   `OTEL_EXPORTER_OTLP_HEADERS`: `key=value` pairs, comma-separated, values percent-encoded
    /// - Default: none
    public var headers: [HTTPHeader] = []

    /// How request bodies are compressed.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_COMPRESSION`, else
    ///   `OTEL_EXPORTER_OTLP_COMPRESSION` (`gzip`, `none`)
    /// - Default: none
    public var compression = Compression.none

    /// The longest that one attempt to send a batch may take; zero means no limit.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_TIMEOUT`, else
    ///   `OTEL_EXPORTER_OTLP_TIMEOUT`, in milliseconds
    /// - Default: 10 s
    public var timeout = Duration.seconds(10)

    /// Time between the starts of two collections; at least 1 ms. A collection that is due while a
    /// request is under way starts when the request has ended.
    /// - Environment variable: `OTEL_METRIC_EXPORT_INTERVAL`, in milliseconds
    /// - Default: 60 s; 10 s to the console
    public var exportInterval: Duration {
        get { chosenInterval ?? .seconds(exporter == .console ? 10 : 60) }
        set { chosenInterval = newValue }
    }
    /// Nil while neither the environment nor code has chosen one.
    private var chosenInterval: Duration?

    /// A second limit for one attempt besides `timeout`: the shorter one applies. Zero means no
    /// limit.
    /// - Environment variable: `OTEL_METRIC_EXPORT_TIMEOUT`, in milliseconds
    /// - Default: 30 s
    public var exportTimeout = Duration.seconds(30)

    /// What describes this process. Attributes from the environment remain where code does not set
    /// the same keys.
    /// - Environment variable: `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`
    /// - Default: `service.name` (`unknown_service:` and the program's name), a random
    ///   `service.instance.id`, `telemetry.sdk.*`
    public var resource: Resource {
        get { processResource.resource }
        set { processResource.set(newValue) }
    }
    private var processResource = ProcessResource()

    /// Which metrics are exported as differences from the previous export.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE` (`cumulative`,
    ///   `delta`, `lowmemory`)
    /// - Default: cumulative
    public var temporality = TemporalityPreference.cumulative

    /// How histograms that no view selects are aggregated.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION`
    ///   (`explicit_bucket_histogram`, `base2_exponential_bucket_histogram`)
    /// - Default: explicit buckets
    public var histogramAggregation = Aggregation.explicitBuckets()

    /// Changes to instruments' streams: names, attributes, aggregations, limits.
    /// - Default: none
    public var views: [View] = []

    /// What several views make of an instrument that all of them select.
    /// - Default: each view makes a stream of its own
    public var viewMatching = ViewMatching.independent

    /// Which measurements may become exemplars.
    /// - Environment variable: `OTEL_METRICS_EXEMPLAR_FILTER` (`always_on`, `always_off`,
    ///   `trace_based`)
    /// - Default: those made within a sampled span
    public var exemplarFilter = ExemplarFilter.traceBased

    /// Returns the trace of the calling thread or task. It is called for every measurement, so it has
    /// to be quick.
    /// - Default: none, so the filter `.traceBased` keeps no exemplars and costs nothing
    public var traceContext: (@Sendable () -> TraceContext?)?

    /// Series that have not been measured for this long are forgotten.
    /// - Default: never
    public var idleExpiry: Duration?

    /// Size of a request: it is divided before it exceeds one of these.
    /// - Default: 4096 data points, 2 MiB of JSON (a collector takes 20 MiB)
    public var batchLimits = BatchLimits()

    /// Bytes of encoded batches that may wait for the collector. When there are more, the oldest
    /// snapshot is given up, since a newer one has its values. The newest one is always kept.
    /// - Default: 64 MiB
    public var queueByteLimit = 64 << 20

    /// Whether `Emitter.lastCollection` is kept: about 50 bytes per data point.
    /// - Default: false
    public var keepsLastCollection = false

    /// Attribute sets per instrument that get a series of their own.
    /// - Default: 2000
    public var cardinalityLimit = MeterProvider.defaultCardinalityLimit

    /// Limits for some kinds of instrument, in place of `cardinalityLimit`.
    /// - Default: none
    public var cardinalityLimits: [InstrumentKind: Int] = [:]

    /// Metrics from elsewhere. Each collection for an export asks for them, on the emitter's thread.
    /// - Default: none
    public var metricProducers: [MetricProducer] = []

    /// Which metrics are exported, by scope, descriptor and kind of data.
    /// - Default: all
    public var metricFilter: MetricFilter?

    /// How much the default `diagnosticHandler` writes. A handler set by code receives everything,
    /// and can look at `EmitterDiagnostic.level`.
    /// - Environment variable: `OTEL_LOG_LEVEL` (`none`, `error`, `warn`, `info`, `debug`, `trace`)
    /// - Default: info
    public var logLevel = DiagnosticLevel.info

    /// Receives what the operator should know. It is called on the emitter's threads, or on the
    /// thread that makes the emitter if the system refuses another one. It must not block long.
    /// - Default: one line each on standard error
    public var diagnosticHandler: @Sendable (EmitterDiagnostic) -> Void {
        get {
            chosenHandler ?? { [logLevel] diagnostic in
                guard logLevel.admits(diagnostic.level) else { return }
                EmitterDiagnostic.writeToStandardError(diagnostic)
            }
        }
        set { chosenHandler = newValue }
    }
    /// Nil while code has chosen none.
    private var chosenHandler: (@Sendable (EmitterDiagnostic) -> Void)?

    /// The emitter's own thread calls it first, for example to enter a network namespace. All
    /// connections are made by that thread.
    /// - Default: none
    public var threadStartHandler: (@Sendable () -> Void)?

    /// The form in which requests travel. Not public while there is one form only.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_PROTOCOL`, else
    ///   `OTEL_EXPORTER_OTLP_PROTOCOL` (`http/json`)
    /// - Default: JSON
    package var wireForm = WireForm.json

    /// Where the console exporter writes; tests give a pipe.
    package var consoleDescriptor: Int32 = 1

    /// The clocks for schedules and deadlines; tests step them.
    package var clock = EmitterClock.system
    /// The fraction of an interval after which the first collection is due; nil: random.
    package var startPhase: Double?
    /// The source of randomness for back-off and the first collection's time; tests give a seed.
    package var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()

    /// What is wrong with variables that the host reads itself, reported together with the
    /// emitter's.
    package var hostProblems: [ConfigurationProblem] = []
    /// What the environment has made of the options.
    private var baseline = ConfigurationBaseline()

    /// The defaults, with what the environment says.
    ///
    /// - Parameter environment: values by variable; by default those of the process.
    public init(environment: [String: String] = EmitterConfiguration.processEnvironment()) {
        var reader = EnvironmentReader(environment)
        for option in Self.options where !reader.isStopped { option.read(into: &self, &reader) }
        baseline = ConfigurationBaseline(settings, reader)
    }

    /// The values that the variables of the emitter have in the process's environment, without
    /// those that are unset. Call it where no other thread calls `setenv`.
    public static func processEnvironment() -> [String: String] {
        ProcessEnvironment.read(EnvironmentVariable.allCases.map(\.rawValue))
    }

    /// Every option as it is in force, sorted by name and without secrets. If code sets an option to
    /// the value that it had anyway, the source does not change.
    public var effective: [EffectiveOption] {
        settings.map { setting in
            EffectiveOption(
                name: setting.name, value: setting.shown, source: baseline.source(of: setting))
        }
    }

    /// `effective`, one line each.
    public var effectiveText: String {
        effective.map { "\($0)\n" }.joined()
    }

    /// The options as texts, sorted by name.
    var settings: [ConfigurationSetting] {
        Self.options.flatMap { $0.settings(of: self) }.sorted { $0.name < $1.name }
    }

    /// What could not be used of the environment, and what looks like a mistake among the options
    /// in force, whether the environment or code has set them. No file is read for it.
    public var problems: [ConfigurationProblem] {
        let review = ConfigurationReview(configuration: self)
        return review.marked(baseline.problems + hostProblems) + review.problems
    }

    /// The endpoints in the order of preference. Without the first one there is none: the failover
    /// endpoint stands in for an endpoint that fails, not for a mistake.
    package var endpoints: [Endpoint] {
        endpoint.map { [$0] + [failoverEndpoint].compactMap(\.self) } ?? []
    }

    /// Whether data points are to be sent, and no endpoint can be used.
    package var lacksEndpoint: Bool { isExportEnabled && exporter == .otlp && endpoint == nil }

    /// The variable because of which `endpoint` is nil; nil if none is.
    var unusableEndpointVariable: String? { endpointChoice.unusableVariable }

    /// Takes away the endpoint, since a variable names one that can't be used. The caller reports
    /// the variable's problem.
    package mutating func refuseEndpoint(of variable: String) {
        endpointChoice = EndpointChoice(unusable: variable)
    }

    /// The same with absolute paths.
    package var withAbsolutePaths: EmitterConfiguration {
        WorkingDirectory.path.map { withPaths(below: $0) } ?? self
    }

    /// - Parameter place: where relative paths count from.
    func withPaths(below place: String) -> EmitterConfiguration {
        var configuration = self
        configuration.exporter = exporter.withPath(below: place)
        configuration.spool = spool?.withPath(below: place)
        configuration.tls = tls.withPaths(below: place)
        return configuration
    }
}

extension EmitterConfiguration {
    /// Every option and every variable once, in the order in which variables are read. A new
    /// option is a property above and an entry here; its default is the property's initial value.
    package static let options: [EmitterOption] = [
        .init(
            nil, ["OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE"], unset: ["none", "none"],
            reading: UnsupportedVariables.readConfigurationFile),
        .init(
            nil, ["OTEL_ENTITIES"], unset: ["none"], reading: UnsupportedVariables.readEntities),
        .init(
            "resource", ["OTEL_RESOURCE_ATTRIBUTES"], unset: ["none"],
            reading: { $0.processResource.readAttributes(&$1, $2) },
            printing: { $0.processResource.settings }),
        .init(
            "resource", ["OTEL_SERVICE_NAME"], unset: ["unknown_service:<executable>"],
            reading: { $0.processResource.readName(&$1, $2) }),
        .init("isExportEnabled", \.isExportEnabled, .offIfTrue, ["OTEL_SDK_DISABLED"]),
        .init(
            "exporter", [ExporterList.variable, ExporterList.file],
            unset: [MetricsExporter.otlp.name, "none"], reading: ExporterList.read,
            printing: { [ConfigurationSetting("exporter", ExporterList.text($0.exporter))] }),
        .init("exportInterval", \.exportInterval, .interval, ["OTEL_METRIC_EXPORT_INTERVAL"]),
        .init("exportTimeout", \.exportTimeout, .limit, ["OTEL_METRIC_EXPORT_TIMEOUT"]),
        .init(
            "temporality", \.temporality,
            .choice(["cumulative": .cumulative, "delta": .delta, "lowmemory": .lowMemory]),
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"]),
        .init(
            "histogramAggregation", \.histogramAggregation, .histogram,
            ["OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"]),
        .init(
            "exemplarFilter", \.exemplarFilter,
            .choice(["always_on": .alwaysOn, "always_off": .alwaysOff, "trace_based": .traceBased]),
            ["OTEL_METRICS_EXEMPLAR_FILTER"]),
        .init("endpoint", \.endpointChoice, EndpointChoice.format, .otlp("ENDPOINT")),
        .init(
            "failoverEndpoint", \.failoverEndpoint, EndpointChoice.failoverFormat,
            ["OTEL_SWIFT_FAILOVER_ENDPOINT"]),
        .init(
            "compression", \.compression, .choice(["gzip": .gzip, "none": .none]),
            .otlp("COMPRESSION")),
        .init("timeout", \.timeout, .limit, .otlp("TIMEOUT")),
        .init("wireForm", \.wireForm, .rawValue(of: WireForm.allCases), .otlp("PROTOCOL")),
        .init(
            "headers", .otlp("HEADERS"), unset: ["the general variable", "none"],
            reading: HeaderList.read, printing: { [HeaderList.setting($0.headers)] }),
        .init(
            "tls.authoritiesPath", \.tls.authoritiesPath,
            .path(orElse: "the system's", notation: "the system's authorities"),
            .otlp("CERTIFICATE")),
        .init(
            "tls.clientCertificatePath", \.tls.clientCertificatePath, .path(),
            .otlp("CLIENT_CERTIFICATE")),
        .init("tls.clientKeyPath", \.tls.clientKeyPath, .path(), .otlp("CLIENT_KEY")),
        .init(
            nil, .otlp("INSECURE"), unset: ["the general variable", "false"],
            reading: UnsupportedVariables.readInsecure),
        .init("logLevel", \.logLevel, .level, ["OTEL_LOG_LEVEL"]),
        .init("isSelfObserved", \.isSelfObserved, .boolean, ["OTEL_SWIFT_SELF_METRICS"]),
        .init("spool.directory", \.spoolDirectory, .path(), ["OTEL_SWIFT_SPOOL_DIRECTORY"]),
        .init("spool.byteLimit", ofSpool: \.byteLimit, .bytes, "OTEL_SWIFT_SPOOL_MAX_BYTES"),
        .init(
            "spool.ageLimit", ofSpool: \.ageLimit, .time(in: 1...SpoolOptions.longestAge),
            "OTEL_SWIFT_SPOOL_MAX_AGE"),
        .init(
            nil, ["OTEL_EXPORTER_PROMETHEUS_HOST", "OTEL_EXPORTER_PROMETHEUS_PORT"],
            unset: ["localhost", "9464"]),
        .init("batchLimits.points") { "\($0.batchLimits.points)" },
        .init("batchLimits.bytes", \.batchLimits.bytes, .bytes),
        .init("batchLimits.hardLimitBytes", \.batchLimits.hardLimitBytes, .bytes),
        .init("cardinalityLimit") { "\($0.cardinalityLimit)" },
        .init("cardinalityLimits") { OptionText.limits($0.cardinalityLimits) },
        .init("diagnosticHandler") { $0.chosenHandler == nil ? "standard error" : "set" },
        .init("idleExpiry") { $0.idleExpiry.map(OptionText.duration) ?? "never" },
        .init("keepsLastCollection") { "\($0.keepsLastCollection)" },
        .init("metricFilter") { OptionText.presence($0.metricFilter != nil) },
        .init("metricProducers") { "\($0.metricProducers.count)" },
        .init("queueByteLimit", \.queueByteLimit, .bytes),
        .init("responseByteLimit", \.responseByteLimit, .bytes),
        .init("threadStartHandler") { OptionText.presence($0.threadStartHandler != nil) },
        .init("traceContext") { OptionText.presence($0.traceContext != nil) },
        .init("viewMatching") { "\($0.viewMatching)" },
        .init("views") { "\($0.views.count)" },
    ]

    /// Setting it takes the limits of a spool back to their defaults.
    private var spoolDirectory: String? {
        get { spool?.directory }
        set { spool = newValue.map { SpoolOptions(directory: $0) } }
    }
}
