/// Reads the cells of a stream's series and makes points of what they hold.
struct StreamReading: Sendable {
    /// A series that is removed and revived this often while it is read is left to the next
    /// collection.
    private static let maximumAttempts = 10

    private let state: StreamState
    private let number: NumberKind
    private let kind: InstrumentKind
    private let table: SeriesTable
    /// Open so that tests can compare the two ways to read cells.
    let plain: PlainReading

    init(
        _ table: SeriesTable, _ state: StreamState, _ instrument: InstrumentDescriptor,
        keepsExemplars: Bool
    ) {
        self.table = table
        self.state = state
        number = instrument.number
        kind = instrument.kind
        plain = PlainReading(table, state, instrument.number, keepsExemplars: keepsExemplars)
    }

    /// The points of all series that are not silent, and the updates of each: none for histograms,
    /// whose counts are their updates.
    func points(previousCollection: UInt64) -> (MetricData, updates: [UInt64]) {
        let series = table.sortedSeries()
        switch state {
        case .sum:
            let (points, updates) = numbers(series, previousCollection)
            let data = MetricData.sum(
                points, isMonotonic: kind.isMonotonic, temporality: .cumulative)
            return (data, updates)
        case .lastValue:
            let (points, updates) = numbers(series, previousCollection)
            return (.gauge(points), updates)
        case .explicitBuckets(let cell, let recordsMinMax):
            let maker = pointMaker(recordsMinMax)
            let points =
                plain.histograms(series, previousCollection, cell, maker)
                ?? histograms(series, previousCollection, maker)
            return (.histogram(points, bounds: cell.bounds, temporality: .cumulative), [])
        case .exponentialBuckets(_, let recordsMinMax):
            let maker = pointMaker(recordsMinMax)
            let points = exponentialHistograms(series, previousCollection, maker)
            return (.exponentialHistogram(points, temporality: .cumulative), [])
        }
    }

    /// Reads the cell of a series.
    func read(_ series: Series) -> CellReading { state.read(at: series.cell.offset, number) }

    /// Adds the readings of two cells.
    func add(_ left: CellReading, _ right: CellReading) -> CellReading { state.add(left, right) }

    /// What was measured since the series began, and when it began. Nil while it is silent, and if
    /// it was removed since it was listed.
    func current(
        _ series: Series, _ previousCollection: UInt64
    ) -> (CellReading, start: UInt64)? {
        for _ in 0..<Self.maximumAttempts {
            guard let life = series.life else { return nil }
            let origin = table.origin(of: series)
            var reading = read(series)
            if let origin { reading = reading.subtracting(origin) }
            if series.attributes == SeriesTable.overflowAttributes,
                let absorbed = table.absorbed(read: read, add: add)
            {
                reading = add(reading, absorbed)
            }
            // A series that has started over meanwhile is read again: its value and its start
            // belong together.
            guard series.isStill(inLife: life) else { continue }
            let start = series.startTime(
                updates: reading.updates, previousCollection: previousCollection)
            guard series.isStill(inLife: life) else { continue }
            return start.map { (reading, $0) }
        }
        return nil
    }

    private func numbers(
        _ series: [Series], _ previousCollection: UInt64
    ) -> (points: [NumberPoint], updates: [UInt64]) {
        var updates: [UInt64] = []
        if let points = plain.numbers(series, previousCollection, &updates) {
            return (points, updates)
        }
        updates = []
        var points: [NumberPoint] = []
        points.reserveCapacity(series.count)
        for series in series {
            guard let (reading, start) = current(series, previousCollection),
                let value = reading.number(number)
            else { continue }
            updates.append(reading.updates)
            points.append(
                NumberPoint(
                    attributes: series.attributes, start: start, value: value,
                    exemplars: series.exemplars(since: start)))
        }
        return (points, updates)
    }

    private func histograms(
        _ series: [Series], _ previousCollection: UInt64, _ maker: HistogramPointMaker
    ) -> [HistogramPoint] {
        series.compactMap { series in
            guard case (.explicit(let reading), let start)? = current(series, previousCollection)
            else { return nil }
            return maker.point(reading, of: series, since: start)
        }
    }

    private func exponentialHistograms(
        _ series: [Series], _ previousCollection: UInt64, _ maker: HistogramPointMaker
    ) -> [ExponentialHistogramPoint] {
        series.compactMap { series in
            guard case (.exponential(let reading), let start)? = current(series, previousCollection)
            else { return nil }
            return maker.point(reading, of: series, since: start)
        }
    }

    /// Instruments that take negative values have no meaningful sum of a histogram.
    private func pointMaker(_ recordsMinMax: Bool) -> HistogramPointMaker {
        HistogramPointMaker(hasSum: !kind.takesNegative, hasExtremes: recordsMinMax)
    }
}
