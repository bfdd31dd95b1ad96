/// How a series chooses its exemplars.
public enum ExemplarReservoirKind: Sendable {
    /// A uniform sample of the measurements since the last collection, of 1 to 512.
    case fixedSize(Int)
    /// The last measurement in each bucket of an explicit histogram.
    case alignedToBuckets
    /// The host's own: the closure makes one for a series, on the thread that first offers to it.
    case custom(@Sendable () -> any ExemplarReservoir)
}
