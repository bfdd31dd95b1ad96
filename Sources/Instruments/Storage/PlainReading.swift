internal import CThreadCells

/// Reads the cells of all series of a stream at once, as nearly all collections can.
///
/// Where series have been removed and have come back, a cell holds more than belongs into a point.
/// Then, and where exemplars are kept, the answers are nil and `StreamReading` looks at each series
/// by itself.
final class PlainReading: Sendable {
    private let state: StreamState
    private let number: NumberKind
    private let table: SeriesTable
    private let keepsExemplars: Bool
    /// The size of a cell, kept here because asking the state for it costs too much in a loop.
    private let words: UInt32

    init(
        _ table: SeriesTable, _ state: StreamState, _ number: NumberKind, keepsExemplars: Bool
    ) {
        self.table = table
        self.state = state
        self.number = number
        self.keepsExemplars = keepsExemplars
        words = UInt32(truncatingIfNeeded: state.words)
    }

    /// The points of a sum or a gauge.
    ///
    /// - Parameter updates: filled with the updates of each point.
    func numbers(
        _ series: [Series], _ previousCollection: UInt64, _ updates: inout [UInt64]
    ) -> [NumberPoint]? {
        switch (state, number) {
        case (.sum, .integer):
            numbers(series, previousCollection, &updates) { offset in
                let (value, updates) = SumCell.readInteger(at: offset)
                return (.int(Int64(clamping: value)), updates)
            }
        case (.sum, .double):
            numbers(series, previousCollection, &updates) { offset in
                let (value, updates) = SumCell.readDouble(at: offset)
                return (.double(value), updates)
            }
        case (_, .integer):
            numbers(series, previousCollection, &updates) { offset in
                let (bits, updates) = GaugeCell.read(at: offset)
                return (.int(Int64(bitPattern: bits)), updates)
            }
        case (_, .double):
            numbers(series, previousCollection, &updates) { offset in
                let (bits, updates) = GaugeCell.read(at: offset)
                return (.double(Double(bitPattern: bits)), updates)
            }
        }
    }

    @inline(__always)
    private func numbers(
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

    /// The points of an explicit-bucket histogram.
    func histograms(
        _ series: [Series], _ previousCollection: UInt64, _ cell: HistogramCell,
        _ maker: HistogramPointMaker
    ) -> [HistogramPoint]? {
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: cell.words)
        defer { copy.deallocate() }
        return points(of: series) { series in
            guard let life = series.life else { return nil }
            let reading = cell.read(at: series.cell.offset, by: copy)
            guard let start = start(of: series, life, reading.count, previousCollection) else {
                return nil
            }
            return maker.point(reading, of: series, since: start)
        }
    }

    @inline(__always)
    private func points<Point>(
        of series: [Series], _ make: (Series) -> Point?
    ) -> [Point]? {
        if keepsExemplars { return nil }
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
            // An object that is smaller than a cache line may still lie in two of them.
            tcells_prefetch(address)
            tcells_prefetch(address + 48)
        }
        if near < series.count {
            series[near]._withUnsafeGuaranteedRef { series in
                tcells_prefetch(series.attributes.head)
                tcells_prefetch_cell(series.cell.offset, words)
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
