package import Instruments

/// Writes snapshots as requests of a wire form.
package enum RequestEncoder: ~Copyable {
    case json(OTLPEncoder)

    package init(_ form: WireForm, limits: BatchLimits) {
        switch form {
        case .json: self = .json(OTLPEncoder(limits: limits))
        }
    }

    /// Calls `emit` with each request's bytes and its number of data points, in order. The bytes
    /// are there during the call.
    ///
    /// - Parameters:
    ///   - limits: what the requests may have; nil: the same as those of the snapshot before.
    ///   - oversized: told the name of each metric that has data points too large for a request of
    ///     their own, and how many. They are in no request.
    package mutating func encode(
        _ snapshot: MetricsSnapshot, limits: BatchLimits? = nil,
        oversized: (String, Int) -> Void = { _, _ in },
        emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        switch consume self {
        case .json(var encoder):
            if let limits { encoder.limits = limits }
            encoder.encode(snapshot, oversized: oversized, emit: emit)
            self = .json(encoder)
        }
    }
}
