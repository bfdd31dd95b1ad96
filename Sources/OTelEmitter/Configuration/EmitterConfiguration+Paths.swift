internal import Glibc

extension EmitterConfiguration {
    /// The same with absolute paths, by the directory where the process is now: its program may go
    /// elsewhere before a file is opened. Unchanged if that directory can't be told.
    package var withAbsolutePaths: EmitterConfiguration {
        guard let path = getcwd(nil, 0) else { return self }
        defer { free(path) }
        return withPaths(below: String(cString: path))
    }

    /// - Parameter place: where relative paths count from.
    func withPaths(below place: String) -> EmitterConfiguration {
        guard place.hasPrefix("/") else { return self }
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") ? path : place + (place.hasSuffix("/") ? "" : "/") + path
        }
        var configuration = self
        if case .otlpFile(let path) = exporter {
            configuration.exporter = .otlpFile(path: absolute(path))
        }
        if let spool { configuration.spool?.directory = absolute(spool.directory) }
        configuration.tls.authoritiesPath = tls.authoritiesPath.map(absolute)
        configuration.tls.clientCertificatePath = tls.clientCertificatePath.map(absolute)
        configuration.tls.clientKeyPath = tls.clientKeyPath.map(absolute)
        return configuration
    }
}
