/// How documents are pushed.
public struct HTTPPushOptions: Sendable {
    /// Where they are posted to.
    public var endpoint: Endpoint
    /// Headers of every request. `Content-Type` is `application/json`.
    public var headers: [HTTPHeader] = []
    /// The certificates by which the server is verified, and by which the program proves who it is.
    public var tls = TLSOptions()
    /// The longest that one attempt may take; at least 1 ms.
    public var timeout = Duration.seconds(10)
    /// Told what the operator should know. Called from threads of the push, or by who makes it if
    /// the system refuses it one; must not block long.
    public var diagnosticHandler: @Sendable (EmitterDiagnostic) -> Void =
        EmitterDiagnostic.writeToStandardError
    /// Called once for each document that a newer one has taken the place of, by whichever thread
    /// finds out. Must not call the push.
    public var supersededHandler: @Sendable () -> Void = {}

    package var clock = EmitterClock.system

    /// Makes the default options for documents that are posted to `endpoint`.
    public init(endpoint: Endpoint) {
        self.endpoint = endpoint
    }
}

/// What has become of the documents that were offered.
///
/// `offered = delivered + superseded + abandoned`, but for the one that is on its way and the one
/// that waits.
public struct HTTPPushTotals: Sendable, Equatable, CustomStringConvertible {
    /// How many were offered.
    public internal(set) var offered = 0
    /// The server answered 2xx.
    public internal(set) var delivered = 0
    /// A newer document came before they were delivered.
    public internal(set) var superseded = 0
    /// The push ended before they were delivered.
    public internal(set) var abandoned = 0

    public var description: String {
        "offered=\(offered) delivered=\(delivered) superseded=\(superseded)"
            + " abandoned=\(abandoned)"
    }
}
