internal import CThreadCells

/// Reading the cells of all series at once, as nearly all collections can.
///
/// Where series have been removed and have come back, a cell does not tell all that a point is made
/// of: then, and where exemplars are kept, each series is looked at by itself.
extension MetricStream {
    /// The points of a sum or a gauge, if the cells tell all.
    ///
    /// - Parameter updates: filled with the updates of each point.
    func plainNumbers(
        _ series: [Series], _ previousCollection: UInt64, _ updates: inout [UInt64]
    ) -> [NumberPoint]? {
        switch (state, number) {
        case (.sum, .integer):
            plainNumbers(series, previousCollection, &updates) { offset in
                let (value, updates) = SumCell.readInteger(at: offset)
                return (.int(Int64(clamping: value)), updates)
            }
        case (.sum, .double):
            plainNumbers(series, previousCollection, &updates) { offset in
                let (value, updates) = SumCell.readDouble(at: offset)
                return (.double(value), updates)
            }
        case (_, .integer):
            plainNumbers(series, previousCollection, &updates) { offset in
                let (bits, updates) = GaugeCell.read(at: offset)
                return (.int(Int64(bitPattern: bits)), updates)
            }
        case (_, .double):
            plainNumbers(series, previousCollection, &updates) { offset in
                let (bits, updates) = GaugeCell.read(at: offset)
                return (.double(Double(bitPattern: bits)), updates)
            }
        }
    }

    @inline(__always)
    private func plainNumbers(
        _ series: [Series], _ previousCollection: UInt64, _ all: inout [UInt64],
        _ read: (UInt32) -> (Number, updates: UInt64)
    ) -> [NumberPoint]? {
        all.reserveCapacity(series.count)
        return points(of: series) { series in
            guard let life = series.life else { return nil }
            let (value, updates) = read(series.cell.offset)
            guard let start = start(of: series, life, updates, previousCollection) else {
                return nil
            }
            all.append(updates)
            return NumberPoint(attributes: series.attributes, start: start, value: value)
        }
    }

    /// The points of an explicit-bucket histogram, if the cells tell all.
    func plainHistograms(
        _ series: [Series], _ previousCollection: UInt64, _ cell: HistogramCell,
        _ recordsMinMax: Bool
    ) -> [HistogramPoint]? {
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: cell.words)
        defer { copy.deallocate() }
        return points(of: series) { series in
            guard let life = series.life else { return nil }
            let reading = cell.read(at: series.cell.offset, by: copy)
            guard let start = start(of: series, life, reading.count, previousCollection) else {
                return nil
            }
            return CellReading.explicit(reading).explicit(recordsMinMax, self, series, start)
        }
    }

    @inline(__always)
    private func points<Point>(
        of series: [Series], _ make: (Series) -> Point?
    ) -> [Point]? {
        if exemplars != nil { return nil }
        return table.readingPlainly {
            var points: [Point] = []
            points.reserveCapacity(series.count)
            // SAFETY: an array of objects is an array of references to them, and the array holds
            // them all the while: to retain and release each one would take longer than to read it.
            series.withUnsafeBytes { bytes in
                let series = bytes.bindMemory(to: Unmanaged<Series>.self)
                for index in series.indices {
                    prefetch(series, index)
                    let point = series[index]._withUnsafeGuaranteedRef { make($0) }
                    if let point { points.append(point) }
                }
            }
            return points
        }
    }

    /// How many series ahead memory is loaded: series and what they point to lie apart, and waiting
    /// for each of them would take most of a collection's time.
    private static let distance = 8

    // SAFETY: the caller holds the series; prefetching reads nothing.
    /// Begins to load what will soon be read: of a farther series itself, of a nearer one what it
    /// points to.
    @inline(__always)
    private func prefetch(_ series: UnsafeBufferPointer<Unmanaged<Series>>, _ index: Int) {
        let (near, far) = (index &+ Self.distance, index &+ 2 &* Self.distance)
        if far < series.count {
            let address = UnsafeRawPointer(series[far].toOpaque())
            // An object of less than a line may lie in two of them.
            tcells_prefetch(address)
            tcells_prefetch(address + 48)
        }
        if near < series.count {
            series[near]._withUnsafeGuaranteedRef { series in
                tcells_prefetch(series.attributes.head)
                tcells_prefetch_cell(series.cell.offset, UInt32(truncatingIfNeeded: state.words))
            }
        }
    }

    @inline(__always)
    private func start(
        of series: Series, _ life: UInt32, _ updates: UInt64, _ previousCollection: UInt64
    ) -> UInt64? {
        if let start = series.start { return start }
        // What was read of an earlier life must not begin this one.
        guard series.isStill(inLife: life) else { return nil }
        return series.startTime(updates: updates, previousCollection: previousCollection)
    }
}
