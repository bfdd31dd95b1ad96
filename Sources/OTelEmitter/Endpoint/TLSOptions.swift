/// The certificates of an emitter's connections, as paths of PEM files.
///
/// The emitter checks before a request, at most once a second, whether the files have changed. If
/// so, that request opens a new connection with the new certificates; no restart is needed.
/// Verification can't be switched off. Relative paths start at the working directory that the
/// process has when the emitter or the push is created.
public struct TLSOptions: Sendable, Equatable {
    /// Certificate authorities that servers are verified with. If nil, the system's are used.
    /// Revocation lists in the same file are used as well.
    public var authoritiesPath: String?
    /// The certificate, with its chain, for servers that ask for one.
    public var clientCertificatePath: String?
    /// The key of the client certificate, without a passphrase. If one file holds both, name it in
    /// both options. A single path is used for both as well, but it is reported, since the other
    /// one may have been forgotten.
    public var clientKeyPath: String?

    /// Creates options that verify servers with the system's authorities.
    public init() {}

    /// The certificate and key with which the emitter proves its identity.
    package var clientIdentity: (certificatePath: String, keyPath: String)? {
        guard let certificate = clientCertificatePath ?? clientKeyPath else { return nil }
        return (certificate, clientKeyPath ?? certificate)
    }

    /// The same with absolute paths.
    var withAbsolutePaths: TLSOptions {
        WorkingDirectory.path.map { withPaths(below: $0) } ?? self
    }

    /// - Parameter place: where relative paths count from.
    func withPaths(below place: String) -> TLSOptions {
        let absolute = { (path: String) in WorkingDirectory.absolute(path, below: place) }
        var options = self
        options.authoritiesPath = authoritiesPath.map(absolute)
        options.clientCertificatePath = clientCertificatePath.map(absolute)
        options.clientKeyPath = clientKeyPath.map(absolute)
        return options
    }
}
