/// Chooses which measurements of one series stand as examples of its points (checklist A10.3).
///
/// One is made for each series; `View.reservoir` takes those of the host. Both methods are called
/// from any thread, at the same time, and never under a lock of this library. `offer` runs while
/// recording, so it should be quick and allocate nothing. What it measures itself is measured, but
/// not offered to any reservoir of the host. Specification: metrics SDK, *ExemplarReservoir*.
public protocol ExemplarReservoir: AnyObject, Sendable {
    /// Offers a measurement that the filter admits.
    ///
    /// - Parameters:
    ///   - value: what was measured.
    ///   - attributes: all attributes of the measurement.
    ///   - context: the trace in whose course it was made, if there is one.
    ///   - time: when it was made, in nanoseconds since 1970.
    func offer(
        _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64)

    /// The chosen measurements since the last collection, of which 512 at most are kept.
    ///
    /// With several readers it is called by each; so that all find something, the choice should
    /// begin anew with the first measurement after this call. `filteredAttributes` of an exemplar
    /// are all of the measurement; those that the point has are taken away afterwards.
    func collect() -> [Exemplar]
}
