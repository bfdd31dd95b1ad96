/// Where and how batches wait on disk that could not be delivered.
public struct SpoolOptions: Sendable, Equatable {
    /// A directory on a local file system; made if it is missing. Several processes may share it.
    public var directory: String
    /// Bytes that all batches in the directory may take; the oldest are given up beyond.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_BYTES`
    public var byteLimit = 1 << 30
    /// Batches older than this are given up.
    /// - Environment variable: `OTEL_SWIFT_SPOOL_MAX_AGE`, in milliseconds
    public var ageLimit = Duration.seconds(48 * 3600)

    public init(directory: String) {
        self.directory = directory
    }
}
