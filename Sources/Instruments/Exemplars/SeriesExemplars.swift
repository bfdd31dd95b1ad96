internal import Synchronization

/// The exemplars of one series: its reservoir, which is made when something is first offered, since
/// series are made under a lock and the reservoir may be the host's code.
final class SeriesExemplars: Sendable {
    /// Exemplars that a point has at most; a larger reservoir is made this large.
    static let maximumCount = 512
    /// The threads that are inside a reservoir of the host.
    private static let inside = ThreadsInside()

    private let maker: ReservoirMaker
    private let hosts: HostReservoirs
    private let made = AtomicLazyReference<HostReservoirs.Box>()

    /// - Parameter hosts: where reservoirs of the host are held, too.
    init(_ maker: ReservoirMaker, _ hosts: HostReservoirs) {
        self.maker = maker
        self.hosts = hosts
    }

    func offer(
        _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64
    ) {
        guarded { reservoir().offer(value, attributes, context, time: time) }
    }

    /// The exemplars of a point, oldest first, each without the attributes that the point has
    /// (checklist A10.4).
    func exemplars(of point: AttributeSet) -> [Exemplar] {
        guard let box = made.load() else { return [] }
        let collected = guarded { box.reservoir.collect() } ?? []
        return collected.prefix(Self.maximumCount).map { $0.besides(point) }
            .sorted { $0.time < $1.time }
    }

    /// Code of the host could come back here without end.
    private func guarded<Result>(_ body: () -> Result) -> Result? {
        maker.isHosts ? Self.inside.run(body) : body()
    }

    private func reservoir() -> any ExemplarReservoir {
        if let box = made.load() { return box.reservoir }
        let box = HostReservoirs.Box(maker.make())
        let kept = made.storeIfNil(box)
        if kept === box, maker.isHosts { hosts.hold(box) }
        return kept.reservoir
    }
}

extension Exemplar {
    /// This exemplar without the attributes that its point has.
    fileprivate func besides(_ point: AttributeSet) -> Exemplar {
        if filteredAttributes.isEmpty || point.isEmpty { return self }
        let kept = point.attributes
        // Both are in the order of their keys, so one walk beside the other finds what is missing.
        var place = kept.startIndex
        let rest = filteredAttributes.attributes.filter { attribute in
            while place < kept.endIndex, kept[place].key.precedes(attribute.key) { place += 1 }
            return place == kept.endIndex || kept[place] != attribute
        }
        return Exemplar(
            value: value, time: time, filteredAttributes: AttributeSet(rest), context: context)
    }
}
