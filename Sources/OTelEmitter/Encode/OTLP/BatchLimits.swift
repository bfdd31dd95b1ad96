/// The largest size of a request.
public struct BatchLimits: Sendable, Equatable {
    /// The number of data points, at least 1.
    public var points = 4096
    /// The number of bytes of JSON before compression. A single larger data point is sent alone.
    public var bytes = 2 << 20
    /// The number of bytes of JSON that no request ever exceeds. A single data point that does is
    /// declared lost.
    public var hardLimitBytes = 64 << 20
    /// If a receiver refuses requests as too large (413), `bytes` is reduced, but not below this.
    static let smallestLearnedBytes = 4 << 10

    /// Creates the default limits.
    public init() {}
}
