internal import Synchronization

/// One instrument: what identifies it, and the streams that its measurements go to.
final class InstrumentStorage: Sendable {
    let descriptor: InstrumentDescriptor
    /// One for each view that selects the instrument and does not drop it; one without views.
    let streams: [MetricStream]
    /// The only stream, if measurements may be written into its cells without further ado.
    let direct: MetricStream?
    /// The table of `direct`, if sets can be looked up as they are because no attributes are left
    /// out. Otherwise a table in which nothing is found. Not optional: each measurement would
    /// retain and release an optional object.
    let lookup: SeriesTable
    let write: DirectWrite
    /// The hash's seed, kept here because the process's own costs a check to read.
    let hashSeed = AttributeHash.seed
    /// Offset of the empty set's cell in `direct`, once there was a measurement without attributes.
    private let unnamed = Atomic<UInt32>(Cell.noOffset)
    /// Held so that no other series gets the cell.
    private let unnamedSeries = AtomicLazyReference<Series>()
    private let dropped = Atomic<UInt64>(0)

    init(_ descriptor: InstrumentDescriptor, streams: [MetricStream]) {
        self.descriptor = descriptor
        self.streams = streams
        let only = streams.count == 1 && !streams[0].keepsExemplars ? streams[0] : nil
        direct = only
        write = only?.directWrite ?? DirectWrite(nil, descriptor.kind)
        let isPlain = write.isPossible && only?.keepsAllAttributes ?? false
        lookup = isPlain ? only?.table ?? .unused : .unused
    }

    /// Whether measurements are kept at all.
    var isEnabled: Bool { !streams.isEmpty }

    /// Where the cell of the empty set is, if it may be written directly; no lookup from the second
    /// use on.
    var unnamedOffset: UInt32 {
        let known = unnamed.load(ordering: .relaxed)
        if known != Cell.noOffset { return known }
        guard write.isPossible, let series = direct?.series(.empty) else {
            return Cell.noOffset
        }
        // In the overflow only until there is room.
        if series.attributes == SeriesTable.overflowAttributes { return series.cell.offset }
        let kept = unnamedSeries.storeIfNil(series)
        unnamed.store(kept.cell.offset, ordering: .relaxed)
        return kept.cell.offset
    }

    /// Records a value that may have to be refused: the general path of all instruments.
    func record(_ value: Number, _ attributes: AttributeSet) {
        guard accepts(value) else { return drop() }
        for stream in streams {
            guard let series = stream.series(attributes),
                stream.record(value, in: series, from: attributes)
            else {
                drop()
                continue
            }
        }
    }

    /// Records a value into series that were found before.
    func record(_ value: Number, in series: [Series?], _ attributes: AttributeSet) {
        guard accepts(value) else { return drop() }
        for (stream, series) in zip(streams, series) {
            guard let series, stream.record(value, in: series, from: attributes) else {
                drop()
                continue
            }
        }
    }

    /// Forgets a series in all streams.
    func remove(_ attributes: AttributeSet) {
        for stream in streams { stream.remove(attributes) }
    }

    /// Counters and histograms take no negative values; only gauges take NaN and infinities.
    private func accepts(_ value: Number) -> Bool {
        switch value {
        case .int(let value): value >= 0 || descriptor.kind.takesNegative
        case .double(let value):
            (value.isFinite || descriptor.kind == .gauge)
                && (!(value < 0) || descriptor.kind.takesNegative)
        }
    }

    /// Counts a measurement that was refused; the next collection reports it.
    func drop() {
        if isEnabled { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    var droppedMeasurements: UInt64 { dropped.load(ordering: .relaxed) }
}
