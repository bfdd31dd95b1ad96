/// Where and how batches that could not be delivered wait on disk.
public struct SpoolOptions: Sendable, Equatable {
    /// The longest age that the environment can set, in milliseconds: ten years.
    package static let longestAge = 10 * 365 * 86_400_000

    /// A directory on a local file system, created if it does not exist. Several processes may
    /// share it. A relative path starts at the working directory that the process has when the
    /// emitter is created.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_DIRECTORY`
    public var directory: String
    /// The bytes that all batches in the directory may take. Beyond this, the oldest are given up.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_BYTES`
    /// - Default: 1 GiB
    public var byteLimit = 1 << 30
    /// Batches older than this are given up.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_AGE`, in milliseconds
    /// - Default: 48 hours
    public var ageLimit = Duration.seconds(48 * 3600)

    /// Creates the default options for a spool in `directory`, which is created when it is needed.
    public init(directory: String) {
        self.directory = directory
    }

    /// The same with an absolute path.
    ///
    /// - Parameter place: where a relative path counts from.
    func withPath(below place: String) -> SpoolOptions {
        var options = self
        options.directory = WorkingDirectory.absolute(directory, below: place)
        return options
    }
}
