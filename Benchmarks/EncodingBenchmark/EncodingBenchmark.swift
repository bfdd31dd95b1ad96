public import Instruments
public import OTelEmitter

/// The encoder alone, for the package of benchmarks: no part of the library's interface.
public struct EncodingBenchmark: ~Copyable {
    private var encoder: OTLPEncoder

    public init(limits: BatchLimits) {
        encoder = OTLPEncoder(limits: limits)
    }

    /// Calls `emit` with each request's bytes and its number of data points.
    public mutating func encode(
        _ snapshot: MetricsSnapshot, emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        encoder.encode(snapshot, emit: emit)
    }
}
