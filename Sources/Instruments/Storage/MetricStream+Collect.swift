/// Reading the cells of a stream.
extension MetricStream {
    /// A series that is removed and revived this often while it is read is left to the next
    /// collection.
    private static let maximumAttempts = 10

    /// The stream's data points, or nil while all its series are silent.
    func collect(previousCollection: UInt64) -> MarkedMetric? {
        releaseReservoirs()
        revive()
        let series = table.sortedSeries()
        let data: MetricData
        var updates: [UInt64] = []
        switch state {
        case .sum:
            data = .sum(
                numbers(series, previousCollection, &updates), isMonotonic: kind.isMonotonic,
                temporality: .cumulative)
        case .lastValue:
            data = .gauge(numbers(series, previousCollection, &updates))
        case .explicitBuckets(let cell, let recordsMinMax):
            let points =
                plainHistograms(series, previousCollection, cell, recordsMinMax)
                ?? series.compactMap { series -> HistogramPoint? in
                    point(series, previousCollection) {
                        $0.explicit(recordsMinMax, self, series, $1)
                    }
                }
            data = .histogram(points, bounds: cell.bounds, temporality: .cumulative)
        case .exponentialBuckets(_, let recordsMinMax):
            let points = series.compactMap { series -> ExponentialHistogramPoint? in
                point(series, previousCollection) {
                    $0.exponential(recordsMinMax, self, series, $1)
                }
            }
            data = .exponentialHistogram(points, temporality: .cumulative)
        }
        let source = MetricSource(isUpDown: kind == .upDownCounter, creation: creation)
        if data.isEmpty { return nil }
        return MarkedMetric(
            Metric(descriptor: metric, data: data),
            MetricMarks(source: source, points: PointMarks(stream: id, updates: updates)))
    }

    /// Brings back removed series that were written to, and frees those that nobody holds.
    func revive() {
        table.reviveChanged(read: read, add: add, make: makeSeries)
    }

    /// Forgets series that were not measured for `limit` nanoseconds.
    func expire(idleFor limit: UInt64, at time: UInt64) {
        // First those come back that were measured.
        revive()
        table.expire(idleFor: limit, at: time, read: read)
    }

    /// - Parameter updates: filled with the updates of each point.
    private func numbers(
        _ series: [Series], _ previousCollection: UInt64, _ updates: inout [UInt64]
    ) -> [NumberPoint] {
        if let points = plainNumbers(series, previousCollection, &updates) { return points }
        var points: [NumberPoint] = []
        points.reserveCapacity(series.count)
        updates = []
        for series in series {
            guard let (reading, start) = current(series, previousCollection) else { continue }
            let value = reading.number(number)
            updates.append(value.updates)
            points.append(
                NumberPoint(
                    attributes: series.attributes, start: start, value: value.0,
                    exemplars: series.exemplars(since: start)))
        }
        return points
    }

    private func point<Point>(
        _ series: Series, _ previousCollection: UInt64,
        _ make: (CellReading, UInt64) -> Point?
    ) -> Point? {
        current(series, previousCollection).flatMap { make($0, $1) }
    }

    /// What was measured since the series began, and when it began; nil while it is silent, and if
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
            // A series that begins anew meanwhile is read again: its value and its start belong
            // together.
            guard series.isStill(inLife: life) else { continue }
            let start = series.startTime(
                updates: reading.updates, previousCollection: previousCollection)
            guard series.isStill(inLife: life) else { continue }
            return start.map { (reading, $0) }
        }
        return nil
    }

    /// Instruments that take negative values have no meaningful sum of a histogram (A6.7).
    fileprivate var hasHistogramSum: Bool { !kind.takesNegative }
}

extension CellReading {
    fileprivate func number(_ kind: NumberKind) -> (Number, updates: UInt64) {
        switch self {
        case .integer(let value, let updates): (.int(Int64(clamping: value)), updates)
        case .double(let value, let updates): (.double(value), updates)
        case .level(let bits, let updates):
            kind == .integer
                ? (.int(Int64(bitPattern: bits)), updates)
                : (.double(Double(bitPattern: bits)), updates)
        case .explicit, .exponential: (.int(0), 0)
        }
    }

    func explicit(
        _ recordsMinMax: Bool, _ stream: MetricStream, _ series: Series, _ start: UInt64
    ) -> HistogramPoint? {
        guard case .explicit(let reading) = self else { return nil }
        let extremes = Extremes(reading.minimum, reading.maximum, isKept: recordsMinMax)
        return HistogramPoint(
            attributes: series.attributes, start: start, count: reading.count,
            sum: stream.hasHistogramSum ? reading.sum : nil, minimum: extremes.minimum,
            maximum: extremes.maximum, bucketCounts: reading.bucketCounts,
            exemplars: series.exemplars(since: start))
    }

    fileprivate func exponential(
        _ recordsMinMax: Bool, _ stream: MetricStream, _ series: Series, _ start: UInt64
    ) -> ExponentialHistogramPoint? {
        guard case .exponential(let reading) = self else { return nil }
        let extremes = Extremes(reading.minimum, reading.maximum, isKept: recordsMinMax)
        return ExponentialHistogramPoint(
            attributes: series.attributes, start: start, count: reading.count,
            sum: stream.hasHistogramSum ? reading.sum : nil, minimum: extremes.minimum,
            maximum: extremes.maximum, scale: reading.scale, zeroCount: reading.zeroCount,
            positive: reading.positive, negative: reading.negative,
            exemplars: series.exemplars(since: start))
    }
}

/// Minimum and maximum, if they are known: an empty histogram has none, nor has a revived one.
private struct Extremes {
    let minimum: Double?
    let maximum: Double?

    init(_ minimum: Double, _ maximum: Double, isKept: Bool) {
        self.minimum = isKept && minimum.isFinite ? minimum : nil
        self.maximum = isKept && maximum.isFinite ? maximum : nil
    }
}
