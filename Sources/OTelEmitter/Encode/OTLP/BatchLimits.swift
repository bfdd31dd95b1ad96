/// The size that a request may have.
public struct BatchLimits: Sendable, Equatable {
    /// Data points; at least 1.
    public var points = 4096
    /// Bytes of JSON before compression. A single larger data point still travels, alone.
    public var bytes = 2 << 20
    /// Bytes of JSON that no request ever exceeds: a data point that does by itself is lost (B11).
    public var hardLimitBytes = 64 << 20
    /// What a receiver that refuses requests as too large (413) makes of `bytes` at least.
    static let smallestLearnedBytes = 4 << 10

    public init() {}
}
