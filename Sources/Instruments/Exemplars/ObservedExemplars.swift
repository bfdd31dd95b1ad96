/// The exemplars of one collection's observations: of those only that lost attributes, since the
/// others would say no more than their points, and callbacks have no trace (checklist A10.7).
struct ObservedExemplars {
    private let maker: ReservoirMaker
    private let time: UInt64
    private var series: [AttributeSet: SeriesExemplars] = [:]

    /// Nil unless all measurements may become exemplars.
    init?(_ policy: ExemplarPolicy?, _ maker: ReservoirMaker, time: UInt64) {
        guard policy?.filter == .alwaysOn else { return nil }
        self.maker = maker
        self.time = time
    }

    /// Offers an observation that is counted to the point of `kept`.
    mutating func offer(_ value: Number, _ attributes: AttributeSet, keptAs kept: AttributeSet) {
        guard attributes != kept else { return }
        let reservoir = series[kept] ?? SeriesExemplars(maker, HostReservoirs())
        series[kept] = reservoir
        reservoir.offer(value, attributes, nil, time: time)
    }

    func exemplars(of point: AttributeSet) -> [Exemplar] {
        series[point]?.exemplars(of: point) ?? []
    }
}
