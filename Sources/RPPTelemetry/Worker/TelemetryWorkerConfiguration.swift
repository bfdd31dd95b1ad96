public import OTelEmitter

/// Where a node's snapshots go, and how often.
public struct TelemetryWorkerConfiguration: Sendable {
    /// Where snapshots are posted to.
    /// - Environment variable: `RPP_TELEMETRY_ENDPOINT`, a full URL
    public var endpoint: Endpoint
    /// Time between two snapshots; at least 1 ms.
    /// - Environment variable: `RPP_TELEMETRY_INTERVAL_MS`
    /// - Default: 5 s
    public var interval = Duration.seconds(5)
    /// Headers of every request, such as an authorization.
    /// - Environment variable: `RPP_TELEMETRY_AUTH_TOKEN`, a Bearer token
    /// - Default: none
    public var headers: [HTTPHeader] = []
    /// The certificates by which the server is verified, and by which the node proves who it is.
    /// - Default: those of the emitter, where the environment is read; else the system's authorities
    public var tls = TLSOptions()
    /// The longest that one attempt may take.
    /// - Default: 10 s
    public var timeout = Duration.seconds(10)
    /// Told what the operator should know. Called from the worker's threads, or by who makes it if
    /// the system refuses it one; must not block long.
    /// - Default: one line each on standard error
    public var diagnosticHandler: @Sendable (EmitterDiagnostic) -> Void =
        EmitterDiagnostic.writeToStandardError

    /// Told one line for each snapshot that is taken, `TelemetrySnapshot.summary`. Called from the
    /// worker's thread; must not block long.
    /// - Default: none
    public var snapshotLog: (@Sendable (String) -> Void)?

    /// Makes the default configuration for snapshots that are posted to `endpoint`.
    public init(endpoint: Endpoint) {
        self.endpoint = endpoint
    }
}
