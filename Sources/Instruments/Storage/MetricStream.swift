internal import Synchronization

/// One way in which an instrument's measurements are kept: the result of its defaults or of a view.
final class MetricStream: Sendable {
    let metric: MetricDescriptor
    let state: StreamState
    let number: NumberKind
    let kind: InstrumentKind
    /// Which attributes are kept; nil: all.
    let filter: AttributeFilter?
    let table: SeriesTable
    /// Nil where no exemplars are kept.
    let exemplars: ExemplarPolicy?
    /// Whether it was told that the limit is reached.
    let hasReportedLimit = Atomic(false)
    /// Unique in the process.
    let id = StreamNumber.next()
    /// When the instrument was made, in nanoseconds since 1970.
    let creation: UInt64
    private let reservoirs: ReservoirMaker
    private let hostReservoirs = HostReservoirs()
    private let guilty = GuiltyKey()
    private let clock: ProviderClock

    init(
        _ metric: MetricDescriptor, _ instrument: InstrumentDescriptor, state: StreamState,
        filter: AttributeFilter?, cardinalityLimit: Int, exemplars: ExemplarPolicy?,
        reservoir: ExemplarReservoirKind?, clock: ProviderClock, creation: UInt64
    ) {
        self.metric = metric
        self.state = state
        number = instrument.number
        kind = instrument.kind
        self.filter = filter
        self.exemplars = exemplars
        reservoirs = ReservoirMaker(reservoir, for: state)
        self.clock = clock
        self.creation = creation
        table = SeriesTable(limit: cardinalityLimit, clock: clock)
    }

    /// The series of a measurement's attributes, or the overflow series; nil when cell memory has
    /// run out.
    func series(_ attributes: AttributeSet) -> Series? {
        let kept = filter.map { $0.apply(attributes) } ?? attributes
        return table.series(kept, make: makeSeries)
    }

    /// Nil when cell memory has run out.
    func makeSeries(_ attributes: AttributeSet) -> Series? {
        guard let cell = Cell(words: state.words) else { return nil }
        // The table tells when it begins.
        return Series(
            attributes: attributes, cell: cell, creation: 0, reservoir: makeReservoir())
    }

    /// Records into a series; refuses what the aggregation can't take.
    ///
    /// - Parameter attributes: those of the measurement, for exemplars.
    /// - Returns: false if the value was refused.
    func record(_ value: Number, in series: Series, from attributes: AttributeSet) -> Bool {
        // The cell is the series' own only as long as somebody holds the series.
        defer { withExtendedLifetime(series) {} }
        let offset = series.cell.offset
        switch (state, value) {
        case (.sum, .int(let value)): SumCell.add(value, at: offset)
        case (.sum, .double(let value)):
            // Gauges let pass what would poison a sum for ever.
            guard value.isFinite else { return false }
            SumCell.add(value, at: offset)
        case (.lastValue, _): GaugeCell.record(value.bits, at: offset)
        case (.explicitBuckets(let cell, _), _):
            guard value.asDouble.isFinite else { return false }
            cell.record(value.asDouble, at: offset)
        case (.exponentialBuckets(let cell, _), _):
            guard value.asDouble.isFinite else { return false }
            cell.record(value.asDouble, at: offset)
        }
        offer(value, to: series, from: attributes)
        return true
    }

    private func offer(_ value: Number, to series: Series, from attributes: AttributeSet) {
        guard let exemplars, let reservoir = series.reservoir else { return }
        let (isAdmitted, context) = exemplars.admits()
        guard isAdmitted else { return }
        // A time of the provider's order lies between the start and the end of the point (A10.3).
        reservoir.offer(value, attributes, context, time: clock.now())
    }

    private func makeReservoir() -> SeriesExemplars? {
        exemplars == nil ? nil : SeriesExemplars(reservoirs, hostReservoirs)
    }

    /// The key that fills the table; found when it is first asked for.
    func guiltyKey() -> String { guilty.text { table.guiltyKey() } }

    /// Lets go of reservoirs whose series are gone.
    func releaseReservoirs() {
        if reservoirs.isHosts { hostReservoirs.releaseUnused() }
    }
}
