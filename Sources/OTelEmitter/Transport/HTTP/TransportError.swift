/// Why there was no response.
package struct TransportError: Error, Equatable {
    /// What failed: few values, fit for an attribute (`error.type`).
    package enum Kind: String, Sendable, CaseIterable {
        /// The host's name could not be resolved.
        case resolve
        /// No connection: refused, unreachable.
        case connect
        /// The TLS handshake or a verification failed.
        case tls
        /// A certificate or key file of ours can't be used.
        case certificate
        /// The proxy refused.
        case proxy
        /// An established connection was lost.
        case connection
        /// What came back is not HTTP/1.
        case `protocol`
        /// The deadline passed.
        case timeout
        /// This process lacks descriptors, ports or memory.
        case resources
        case other
    }

    package let kind: Kind
    /// For people: libcurl's text, without secrets.
    package let text: String
    /// Whether bytes of the request had been sent, so that the server may have taken it.
    var wasSent = false
}
