internal import Glibc

/// Where and how batches wait on disk that could not be delivered.
public struct SpoolOptions: Sendable, Equatable {
    /// The longest age that the environment can ask for, in milliseconds: ten years.
    static let longestAge = 10 * 365 * 86_400_000

    /// A directory on a local file system; made if it is missing. Several processes may share it.
    /// A relative path counts from where the process is when the emitter is made.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_DIRECTORY`
    public var directory: String
    /// Bytes that all batches in the directory may take; the oldest are given up beyond.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_BYTES`
    /// - Default: 1 GiB
    public var byteLimit = 1 << 30
    /// Batches older than this are given up.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_AGE`, in milliseconds
    /// - Default: 48 hours
    public var ageLimit = Duration.seconds(48 * 3600)

    public init(directory: String) {
        self.directory = directory
    }

    /// The same with an absolute path, by the directory where the process is now; unchanged if that
    /// can't be told.
    package var absolute: SpoolOptions {
        guard !directory.hasPrefix("/"), let path = getcwd(nil, 0) else { return self }
        defer { free(path) }
        return below(String(cString: path))
    }

    /// - Parameter place: where a relative path counts from.
    func below(_ place: String) -> SpoolOptions {
        guard !directory.hasPrefix("/"), place.hasPrefix("/") else { return self }
        var options = self
        options.directory = place + (place.hasSuffix("/") ? "" : "/") + directory
        return options
    }
}
