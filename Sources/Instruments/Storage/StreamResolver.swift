/// Turns an instrument, its advice and the provider's views into streams: a pure function, apart
/// from the diagnostics that it collects.
struct StreamResolver {
    private let settings: ProviderSettings
    private let instrument: InstrumentDescriptor
    private let advice: InstrumentAdvice
    private let views: [View]
    private(set) var diagnostics: [InstrumentsDiagnostic] = []

    init(
        _ settings: ProviderSettings, _ scope: InstrumentationScope,
        _ instrument: InstrumentDescriptor, _ advice: InstrumentAdvice
    ) {
        self.settings = settings
        self.instrument = instrument
        self.advice = advice
        views = settings.views.filter { $0.selector.matches(instrument, scope) }
    }

    /// The streams of a synchronous instrument.
    mutating func streams() -> [MetricStream] {
        // One time for all streams, so that the first differences of an instrument share a start.
        let creation = settings.clock.unclaimed()
        return resolve().map { stream in
            MetricStream(
                stream.metric, instrument, state: stream.state, filter: stream.filter,
                cardinalityLimit: stream.limit, exemplars: settings.exemplars,
                reservoir: stream.reservoir, clock: settings.clock, creation: creation)
        }
    }

    /// The streams of an observable instrument.
    mutating func observableStreams() -> [ObservableStream] {
        resolve().map { stream in
            ObservableStream(
                metric: stream.metric, filter: stream.filter, cardinalityLimit: stream.limit,
                isSum: stream.isSum, exemplars: settings.exemplars,
                reservoirs: ReservoirMaker(stream.reservoir, for: stream.state))
        }
    }

    private struct Resolved {
        let metric: MetricDescriptor
        let state: StreamState
        let filter: AttributeFilter?
        let limit: Int
        let reservoir: ExemplarReservoirKind?

        var isSum: Bool {
            if case .sum = state { true } else { false }
        }
    }

    private mutating func resolve() -> [Resolved] {
        // A view that can't be applied is treated as if it did not exist.
        let usable = views.filter { isUsable($0) }
        let composed = settings.viewMatching.streams(of: usable, instrument: instrument.name)
        let candidates = composed.isEmpty ? [View(View.Selector())] : composed
        return candidates.compactMap { view in
            guard let state = state(view, isChosenByView: !usable.isEmpty) else { return nil }
            return Resolved(
                metric: MetricDescriptor(
                    name: view.name ?? instrument.name, unit: instrument.unit,
                    description: view.description ?? instrument.description),
                state: state,
                filter: view.attributes ?? advice.attributeKeys.map { .only($0) },
                limit: settings.limit(of: view, instrument.kind),
                reservoir: view.reservoir)
        }
    }

    private mutating func isUsable(_ view: View) -> Bool {
        let isPossible =
            switch view.aggregation {
            case .standard, .drop, .sum: true
            case .lastValue: instrument.kind == .gauge || instrument.kind == .observableGauge
            case .explicitBuckets, .exponentialBuckets: !instrument.kind.isObservable
            }
        if !isPossible {
            diagnostics.append(.unusableView(instrument.name, "\(view.aggregation)"))
        }
        return isPossible
    }

    /// Nil for streams that are dropped.
    private mutating func state(_ view: View, isChosenByView: Bool) -> StreamState? {
        switch view.aggregation {
        case .drop: return nil
        case .sum: return .sum
        case .lastValue: return .lastValue
        case .explicitBuckets(let bounds, let recordsMinMax):
            return explicit(bounds, nil, recordsMinMax)
        case .exponentialBuckets(let size, let scale, let recordsMinMax):
            return exponential(size, scale, recordsMinMax)
        case .standard: return standardState()
        }
    }

    private mutating func standardState() -> StreamState {
        switch instrument.kind {
        case .counter, .upDownCounter, .observableCounter, .observableUpDownCounter:
            return .sum
        case .gauge, .observableGauge:
            return .lastValue
        case .histogram:
            switch settings.histogramAggregation {
            case .exponentialBuckets(let size, let scale, let recordsMinMax):
                return exponential(size, scale, recordsMinMax)
            case .explicitBuckets(let bounds, let recordsMinMax):
                return explicit(advice.boundaries, bounds, recordsMinMax)
            default:
                return explicit(advice.boundaries, nil, true)
            }
        }
    }

    /// Impossible boundaries are treated as if they were absent: the first possible ones count.
    private mutating func explicit(
        _ wanted: [Double]?, _ fallback: [Double]?, _ recordsMinMax: Bool
    ) -> StreamState {
        for bounds in [wanted, fallback].compactMap({ $0 }) {
            guard let fault = HistogramBoundaries.fault(in: bounds) else {
                return .explicitBuckets(HistogramCell(bounds: bounds), recordsMinMax: recordsMinMax)
            }
            diagnostics.append(.invalidBoundaries(instrument.name, fault))
        }
        return .explicitBuckets(
            HistogramCell(bounds: HistogramBoundaries.standard), recordsMinMax: recordsMinMax)
    }

    private func exponential(
        _ size: Int, _ scale: Int32, _ recordsMinMax: Bool
    ) -> StreamState {
        let cell = ExponentialHistogramCell(
            maximumSize: size, maximumScale: scale, hasNegative: instrument.kind.takesNegative)
        return .exponentialBuckets(cell, recordsMinMax: recordsMinMax)
    }
}
