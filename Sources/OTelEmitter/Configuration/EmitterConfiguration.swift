public import Instruments

/// All options of an emitter.
///
/// Made from the environment, then changed in code as you like: what code sets wins.
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

    /// Where requests go. If it is nil, nothing is sent, not even to the second endpoint, and
    /// `problems` says so. A variable whose value can't be used makes it nil, so that no other
    /// address takes its place.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` (used as it is), else
    ///   `OTEL_EXPORTER_OTLP_ENDPOINT` (`v1/metrics` is appended)
    /// - Default: `http://localhost:4318/v1/metrics`
    public var endpoint: Endpoint? = .standard {
        didSet { unusableEndpointVariable = nil }
    }
    /// The variable that has made `endpoint` nil; nil if none has.
    private(set) var unusableEndpointVariable: String?

    /// A second endpoint, used while the first one fails, and left again when that works.
    /// - Environment variable: `OTEL_SWIFT_FAILOVER_ENDPOINT`, a full URL, used as it is
    /// - Default: none
    public var failoverEndpoint: Endpoint?

    /// The certificates by which servers are verified, and by which the emitter proves who it is.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE`,
    ///   `OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE`, `OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY`,
    ///   each else without `METRICS_`
    /// - Default: the system's authorities, no client certificate
    public var tls = TLSOptions()

    /// Where batches are kept on disk that can't be delivered; nil: in memory only.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_DIRECTORY`, `OTEL_SWIFT_SPOOL_MAX_BYTES`,
    ///   `OTEL_SWIFT_SPOOL_MAX_AGE`
    /// - Default: none
    public var spool: SpoolOptions?

    /// Whether the emitter measures itself (checklist E), in the scope `otelemitter`. With the
    /// exporters `console`, `otlp/stdout` and `otlp/file` nothing is measured, whatever stands
    /// here.
    /// - Environment variable: `OTEL_SWIFT_SELF_METRICS`
    /// - Default: true
    public var isSelfObserved = true

    /// Bytes of a response's body that are read, as they were sent: nothing is decompressed. The
    /// status of a larger response counts, but its connection is closed, and what an accepting
    /// receiver says of rejected data points is not known then, which is told.
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

    /// Time between the starts of two collections; at least 1 ms. One that is due while a request
    /// is on its way follows when that ends.
    /// - Environment variable: `OTEL_METRIC_EXPORT_INTERVAL`, in milliseconds
    /// - Default: 60 s; 10 s to the console
    public var exportInterval: Duration {
        get { chosenInterval ?? .seconds(exporter == .console ? 10 : 60) }
        set { chosenInterval = newValue }
    }
    /// Nil while neither the environment nor code has chosen one.
    private var chosenInterval: Duration?

    /// A further limit for one attempt, whatever `timeout` says; zero means no limit.
    /// - Environment variable: `OTEL_METRIC_EXPORT_TIMEOUT`, in milliseconds
    /// - Default: 30 s
    public var exportTimeout = Duration.seconds(30)

    /// What describes this process. Attributes set here win over those of the environment, which
    /// stay below whatever is set (checklist F6).
    /// - Environment variable: `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`
    /// - Default: `service.name` (`unknown_service:` and the program's name), a random
    ///   `service.instance.id`, `telemetry.sdk.*`
    public var resource: Resource {
        didSet { resource = environmentResource.merging(resource) }
    }
    /// What the environment alone says.
    private(set) var environmentResource = Resource()

    /// Which metrics are exported as differences to the export before.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE` (`cumulative`,
    ///   `delta`, `lowmemory`)
    /// - Default: cumulative
    public var temporality = TemporalityPreference.cumulative

    /// How histograms are aggregated that no view selects.
    /// - Environment variable: `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION`
    ///   (`explicit_bucket_histogram`, `base2_exponential_bucket_histogram`)
    /// - Default: explicit buckets
    public var histogramAggregation = Aggregation.explicitBuckets()

    /// Changes to instruments' streams: names, attributes, aggregations, limits.
    /// - Default: none
    public var views: [View] = []

    /// What becomes of an instrument that several views select.
    /// - Default: each view makes a stream of its own
    public var viewMatching = ViewMatching.independent

    /// Which measurements may become exemplars.
    /// - Environment variable: `OTEL_METRICS_EXEMPLAR_FILTER` (`always_on`, `always_off`,
    ///   `trace_based`)
    /// - Default: those made in the course of a sampled span
    public var exemplarFilter = ExemplarFilter.traceBased

    /// The trace of the calling thread or task; called when recording, so it has to be quick.
    /// - Default: none, so the filter `.traceBased` keeps no exemplars and costs nothing
    public var traceContext: (@Sendable () -> TraceContext?)?

    /// Series that were not measured for so long are forgotten.
    /// - Default: never
    public var idleExpiry: Duration?

    /// Size of a request: it is divided before it exceeds one of these.
    /// - Default: 4096 data points, 2 MiB of JSON (a collector takes 20 MiB)
    public var batchLimits = BatchLimits()

    /// Bytes of encoded batches that may wait for the collector. Beyond them the oldest waiting
    /// snapshot is given up, since a newer one has its values; at least the newest always waits.
    /// - Default: 64 MiB
    public var queueByteLimit = 64 << 20

    /// Whether `Emitter.lastCollection` is kept: about 50 bytes per data point.
    /// - Default: false
    public var keepsLastCollection = false

    /// Attribute sets per instrument that get a series of their own.
    /// - Default: 2000
    public var cardinalityLimit = MeterProvider.defaultCardinalityLimit

    /// The same for some kinds of instrument, in place of `cardinalityLimit`.
    /// - Default: none
    public var cardinalityLimits: [InstrumentKind: Int] = [:]

    /// Metrics from elsewhere, asked by each export's collection on the emitter's thread.
    /// - Default: none
    public var metricProducers: [MetricProducer] = []

    /// Which metrics are exported, by scope, descriptor and kind of data.
    /// - Default: all
    public var metricFilter: MetricFilter?

    /// How much the default `diagnosticHandler` writes. A handler of the host is told everything,
    /// and can ask for `EmitterDiagnostic.level`.
    /// - Environment variable: `OTEL_LOG_LEVEL` (`none`, `error`, `warn`, `info`, `debug`, `trace`)
    /// - Default: info
    public var logLevel = DiagnosticLevel.info

    /// Told what the operator should know. Called from the emitter's threads, or by who makes the
    /// emitter if the system refuses it one; must not block long.
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
    private(set) var chosenHandler: (@Sendable (EmitterDiagnostic) -> Void)?

    /// Called first by the emitter's own thread, such as to enter a network namespace; its
    /// connections are made by that thread.
    /// - Default: none
    public var threadStartHandler: (@Sendable () -> Void)?

    /// The form in which requests travel.
    package var wireForm = WireForm.json

    /// Where the console exporter writes; tests give a pipe.
    package var consoleDescriptor: Int32 = 1

    /// The clocks that schedule and deadlines go by; tests step them.
    package var clock = EmitterClock.system
    /// The part of an interval after which the first collection is due; nil: random.
    package var startPhase: Double?
    /// What back-off and the first collection's time are drawn from.
    package var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()

    /// What was wrong with variables of the host's own, told together with the emitter's.
    package var hostProblems: [ConfigurationProblem] = []
    /// What could not be used of the environment, or looked wrong there.
    private(set) var environmentProblems: [ConfigurationProblem] = []
    /// The options as the environment has left them.
    private(set) var baseline = ConfigurationBaseline()

    /// The defaults, with what the environment says.
    ///
    /// - Parameter environment: values by variable; by default those of the process.
    public init(environment: [String: String] = EmitterConfiguration.processEnvironment()) {
        let original = Self.defaultResource()
        resource = original
        var reader = EnvironmentReader(environment)
        if !readConfigurationFile(&reader) {
            environmentResource = Self.readResource(&reader)
            resource = original.merging(environmentResource)
            readExporter(&reader)
            readInstruments(&reader)
            readEndpoints(&reader)
            readTransport(&reader)
            readCertificates(&reader)
            readReliability(&reader)
        }
        environmentProblems = reader.problems
        baseline = ConfigurationBaseline(settings, reader.sources)
    }

    /// Takes away the endpoint, since a variable names one that can't be used. Whoever calls it
    /// reports the variable's problem, too.
    package mutating func refuseEndpoint(of variable: String) {
        endpoint = nil
        unusableEndpointVariable = variable
    }
}
