internal import Synchronization

/// A metric some of whose attribute sets found no room and share the overflow point.
public struct CardinalityOverflow: Sendable, Equatable {
    /// The scope of the instrument.
    public let scope: InstrumentationScope
    /// The metric's name: the instrument's, or what a view calls it.
    public let instrument: String
    /// Attribute sets that have a series of their own at most.
    public let limit: Int
    /// How many different sets were refused since the instrument was made: an estimate with a
    /// standard error of 6.5 %, in constant memory.
    public let refusedSets: Int
    /// The key with the most different values when that was first seen: most likely the one that
    /// should not be an attribute.
    public let key: String
    /// When the instrument was made, in nanoseconds since 1970.
    public let creation: UInt64
}

extension MeterProvider {
    /// What has exceeded its limit of attribute sets, in the order of output; empty while all is
    /// well.
    ///
    /// Costs a look at every instrument. Safe to use from any thread.
    public var cardinalityOverflows: [CardinalityOverflow] {
        sortedMeters().flatMap { meter in
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

extension MetricStream {
    fileprivate func overflow(_ scope: InstrumentationScope) -> CardinalityOverflow? {
        let refused = table.refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: table.limit, refusedSets: refused,
            key: guiltyKey(), creation: creation)
    }
}

extension ObservableStream {
    fileprivate func overflow(
        _ scope: InstrumentationScope, _ creation: UInt64
    ) -> CardinalityOverflow? {
        let refused = refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: limit, refusedSets: refused,
            key: guiltyKey() ?? "", creation: creation)
    }
}

/// The key that fills a table, found once: what is reported of it must not change its name.
final class GuiltyKey: Sendable {
    private let found = AtomicLazyReference<Name>()

    private final class Name: Sendable {
        let text: String

        init(_ text: String) { self.text = text }
    }

    /// The answer of the first call.
    func text(_ find: () -> String?) -> String {
        if let name = found.load() { return name.text }
        return found.storeIfNil(Name(find() ?? "")).text
    }
}
