internal import Glibc

/// Relative paths are made absolute when an emitter or a push is made, by the directory where the
/// process is then: its program may go elsewhere before a file is opened.
private enum WorkingDirectory {
    /// Nil if the system does not tell.
    static var path: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// - Parameter place: where a relative path counts from; one that is not absolute changes
    ///   nothing.
    static func absolute(_ path: String, below place: String) -> String {
        guard place.hasPrefix("/"), !path.hasPrefix("/") else { return path }
        return place + (place.hasSuffix("/") ? "" : "/") + path
    }
}

extension EmitterConfiguration {
    /// The same with absolute paths.
    package var withAbsolutePaths: EmitterConfiguration {
        WorkingDirectory.path.map { withPaths(below: $0) } ?? self
    }

    /// - Parameter place: where relative paths count from.
    func withPaths(below place: String) -> EmitterConfiguration {
        var configuration = self
        if case .otlpFile(let path) = exporter {
            let path = WorkingDirectory.absolute(path, below: place)
            configuration.exporter = .otlpFile(path: path)
        }
        if let directory = spool?.directory {
            configuration.spool?.directory = WorkingDirectory.absolute(directory, below: place)
        }
        configuration.tls = tls.withPaths(below: place)
        return configuration
    }
}

extension TLSOptions {
    /// The same with absolute paths.
    var withAbsolutePaths: TLSOptions {
        WorkingDirectory.path.map { withPaths(below: $0) } ?? self
    }

    fileprivate func withPaths(below place: String) -> TLSOptions {
        let absolute = { (path: String) in WorkingDirectory.absolute(path, below: place) }
        var options = self
        options.authoritiesPath = authoritiesPath.map(absolute)
        options.clientCertificatePath = clientCertificatePath.map(absolute)
        options.clientKeyPath = clientKeyPath.map(absolute)
        return options
    }
}
