internal import Synchronization

/// One way in which an instrument's measurements are kept: the result of its defaults or of a view.
final class MetricStream: Sendable {
    /// Open because diagnostics name it.
    let metric: MetricDescriptor
    /// Open because instruments look sets up in it without calling the stream: a call would be
    /// dearer than the lookup.
    let table: SeriesTable
    /// Open so that tests can read single series.
    let reading: StreamReading
    private let state: StreamState
    private let kind: InstrumentKind
    /// Which attributes are kept; nil: all.
    private let filter: AttributeFilter?
    /// Nil where no exemplars are kept.
    private let exemplars: ExemplarPolicy?
    private let hasReportedLimit = Atomic(false)
    /// Unique in the process.
    private let id = StreamNumber.next()
    /// When the instrument was made, in nanoseconds since 1970.
    private let creation: UInt64
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
        kind = instrument.kind
        self.filter = filter
        self.exemplars = exemplars
        reservoirs = ReservoirMaker(reservoir, for: state)
        self.clock = clock
        self.creation = creation
        table = SeriesTable(limit: cardinalityLimit, clock: clock)
        reading = StreamReading(table, state, instrument, keepsExemplars: exemplars != nil)
    }

    /// How measurements may be written straight into the cells, if they may.
    var directWrite: DirectWrite { DirectWrite(state, kind) }

    var keepsExemplars: Bool { exemplars != nil }

    /// Whether measurements go to the series of the very set that they are made with.
    var keepsAllAttributes: Bool { filter == nil }

    // MARK: Recording

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
        // No other series gets the cell while this one is held.
        defer { withExtendedLifetime(series) {} }
        let offset = series.cell.offset
        switch (state, value) {
        case (.sum, .int(let value)): SumCell.add(value, at: offset)
        case (.sum, .double(let value)):
            // A gauge lets values pass that would spoil a sum for ever.
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
        // A time of the provider's order lies between the start and the end of the point.
        reservoir.offer(value, attributes, context, time: clock.now())
    }

    private func makeReservoir() -> SeriesExemplars? {
        exemplars == nil ? nil : SeriesExemplars(reservoirs, hostReservoirs)
    }

    /// Forgets a series. If a handle writes to it later, it starts over.
    func remove(_ attributes: AttributeSet) {
        let kept = filter.map { $0.apply(attributes) } ?? attributes
        if table.remove(kept, read: reading.read) { revive() }
    }

    // MARK: Collecting

    /// The stream's data points, or nil while all its series are silent.
    func collect(previousCollection: UInt64) -> MarkedMetric? {
        // Reservoirs of the host that belong to no series any more.
        if reservoirs.isHosts { hostReservoirs.releaseUnused() }
        revive()
        let (data, updates) = reading.points(previousCollection: previousCollection)
        if data.isEmpty { return nil }
        let source = MetricSource(isUpDown: kind == .upDownCounter, creation: creation)
        return MarkedMetric(
            Metric(descriptor: metric, data: data),
            MetricMarks(source: source, points: PointMarks(stream: id, updates: updates)))
    }

    /// Forgets series that were not measured for `limit` nanoseconds.
    func expire(idleFor limit: UInt64, at time: UInt64) {
        // First those come back that were measured.
        revive()
        table.expire(idleFor: limit, at: time, read: reading.read)
    }

    /// Brings back removed series that were written to, and frees those that nobody holds.
    private func revive() {
        table.reviveChanged(read: reading.read, add: reading.add, make: makeSeries)
    }

    // MARK: The cardinality limit

    /// The key that fills the table; found when it is first asked for.
    func guiltyKey() -> String { guilty.text { table.guiltyKey() } }

    /// Whether nobody has been told yet that the limit is reached. True once.
    func beginsToReportLimit() -> Bool { !hasReportedLimit.exchange(true, ordering: .relaxed) }

    /// The sets that found no room; nil if there are none.
    func overflow(_ scope: InstrumentationScope) -> CardinalityOverflow? {
        let refused = table.refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: table.limit, refusedSets: refused,
            key: guiltyKey(), creation: creation)
    }
}
