public import OTelEmitter

/// Where a node's snapshots are posted, and how often.
public struct TelemetryWorkerConfiguration: Sendable {
    /// The endpoint that snapshots are posted to.
    /// - Environment variable: `RPP_TELEMETRY_ENDPOINT`, a full URL
    public var endpoint: Endpoint
    /// The time between two snapshots, at least 1 ms.
    /// - Environment variable: `RPP_TELEMETRY_INTERVAL_MS`
    /// - Default: 5 s
    public var interval = Duration.seconds(5)
    /// The headers of every request, such as `Authorization`.
    /// - Environment variable: `RPP_TELEMETRY_AUTH_TOKEN`, a bearer token
    /// - Default: none
    public var headers: [HTTPHeader] = []
    /// The certificates that verify the server and those that identify the node.
    /// - Default: those of the emitter if the configuration is read from the environment; otherwise
    ///   the system's certificate authorities
    public var tls = TLSOptions()
    /// The longest time that one attempt may take.
    /// - Default: 10 s
    public var timeout = Duration.seconds(10)
    /// Receives what the operator should know. It is called on the worker's threads, or on the
    /// thread that makes the worker if the system refuses to start one. It must not block for long.
    /// - Default: one line on standard error for each diagnostic
    public var diagnosticHandler: @Sendable (EmitterDiagnostic) -> Void =
        EmitterDiagnostic.writeToStandardError

    /// Receives one line for each snapshot that is taken, `TelemetrySnapshot.summary`. It is called
    /// on the worker's thread and must not block for long.
    /// - Default: none
    public var snapshotLog: (@Sendable (String) -> Void)?

    /// Makes the default configuration for snapshots that are posted to `endpoint`.
    public init(endpoint: Endpoint) {
        self.endpoint = endpoint
    }
}
