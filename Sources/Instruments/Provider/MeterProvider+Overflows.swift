extension MeterProvider {
    /// What has exceeded its limit of attribute sets, in the order of output; empty while all is
    /// well.
    ///
    /// Costs a look at every instrument. Safe to use from any thread.
    public var cardinalityOverflows: [CardinalityOverflow] {
        collector.meters.sorted().flatMap { meter in
            let recorded = meter.sortedInstruments().flatMap { instrument in
                instrument.streams.compactMap { $0.overflow(meter.scope) }
            }
            let observed = meter.sortedObservables().flatMap { instrument in
                instrument.streams.compactMap { $0.overflow(meter.scope, instrument.creation) }
            }
            return recorded + observed
        }
    }
}
