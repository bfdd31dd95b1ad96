/// Where the measurements of one attribute set go: found once, used by the bound instruments.
struct BoundTarget: Sendable {
    private let instrument: InstrumentStorage
    private let attributes: AttributeSet
    /// One for each stream. Held so that no other series gets their cells.
    private let series: [Series?]
    /// Where the cell is, if it may be written directly; otherwise `Cell.noOffset`.
    let offset: UInt32
    /// How to write it, for histograms. Neither cell is optional: each record would retain and
    /// release an optional object, atomically.
    let isExponential: Bool
    let explicit: HistogramCell
    let exponential: ExponentialHistogramCell

    init(_ instrument: InstrumentStorage, _ attributes: AttributeSet) {
        self.instrument = instrument
        self.attributes = attributes
        series = instrument.streams.map { $0.series(attributes) }
        let direct = instrument.write
        offset = direct.isPossible ? series[0]?.cell.offset ?? Cell.noOffset : Cell.noOffset
        isExponential = direct.isExponential
        explicit = direct.explicit
        exponential = direct.exponential
    }

    /// Whether measurements are kept at all.
    var isEnabled: Bool { instrument.isEnabled }

    /// The general path: several streams, exemplars, values that have to be refused.
    func record(_ value: Number) {
        instrument.record(value, in: series, attributes)
    }

    func declareBaseline() {
        // Looked up again, which brings a removed series back.
        for stream in instrument.streams { stream.series(attributes)?.declareBaseline() }
    }
}
