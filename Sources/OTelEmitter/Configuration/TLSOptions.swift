/// The certificates of an emitter's connections, as paths of PEM files.
///
/// The files are read when a connection is made, so that a replaced certificate is used by the next
/// one without a restart. Verification can't be switched off.
public struct TLSOptions: Sendable, Equatable {
    /// Authorities that servers are verified by; nil: those of the system. Revocation lists that
    /// stand in the same file count.
    public var authoritiesPath: String?
    /// The certificate, with its chain, that is shown to servers that ask for one. Only used together
    /// with its key.
    public var clientCertificatePath: String?
    /// The key of the client certificate. Only used together with the certificate; it has no
    /// passphrase. Where one file holds both, name it twice.
    public var clientKeyPath: String?

    public init() {}

    /// What the emitter proves by who it is; nil unless certificate and key are both there.
    package var clientIdentity: (certificatePath: String, keyPath: String)? {
        guard let clientCertificatePath, let clientKeyPath else { return nil }
        return (clientCertificatePath, clientKeyPath)
    }
}
