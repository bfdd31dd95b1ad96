/// The reason why there was no response.
package struct TransportError: Error, Equatable {
    /// The kind of failure. There are few kinds, so that they can be values of the attribute
    /// `error.type`.
    package enum Kind: String, Sendable, CaseIterable {
        /// The name of the host could not be resolved.
        case resolve
        /// There is no connection: it was refused, or the host can't be reached.
        case connect
        /// The TLS handshake or a verification failed.
        case tls
        /// A certificate or key file of the emitter can't be used.
        case certificate
        /// The proxy refused the request.
        case proxy
        /// An established connection was lost.
        case connection
        /// What arrived is not HTTP/1.
        case `protocol`
        /// The deadline passed.
        case timeout
        /// This process is short of descriptors, ports or memory.
        case resources
        case other
    }

    package let kind: Kind
    /// A text for people. It includes libcurl's text, without secrets.
    package let text: String
    /// Whether bytes of the request were sent, so that the server may have accepted it.
    var wasSent = false
}
