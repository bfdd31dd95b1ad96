/// The certificates of an emitter's connections, as paths of PEM files.
///
/// The files are looked at before a request, once a second at most. If they were replaced, that
/// request makes a new connection with the new ones, without a restart. Verification can't be
/// switched off. Relative paths count from where the process is when the emitter, or the push, is made.
public struct TLSOptions: Sendable, Equatable {
    /// Authorities that servers are verified by; nil: those of the system. Revocation lists that
    /// stand in the same file count.
    public var authoritiesPath: String?
    /// The certificate, with its chain, that is shown to servers that ask for one.
    public var clientCertificatePath: String?
    /// The key of the client certificate, without a passphrase. Where one file holds both, name it
    /// twice: one path alone is used so, but reported, as it may be half of a pair.
    public var clientKeyPath: String?

    public init() {}

    /// What the emitter proves by who it is.
    package var clientIdentity: (certificatePath: String, keyPath: String)? {
        guard let certificate = clientCertificatePath ?? clientKeyPath else { return nil }
        return (certificate, clientKeyPath ?? certificate)
    }
}
