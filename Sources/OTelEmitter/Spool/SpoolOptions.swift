/// Where and how batches wait on disk that could not be delivered.
public struct SpoolOptions: Sendable, Equatable {
    /// The longest age that the environment can ask for, in milliseconds: ten years.
    package static let longestAge = 10 * 365 * 86_400_000

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
}
