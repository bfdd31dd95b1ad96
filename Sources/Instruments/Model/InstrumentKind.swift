/// The kinds of instrument.
public enum InstrumentKind: Int, Sendable, Hashable, CaseIterable {
    case counter
    case upDownCounter
    case histogram
    case gauge
    case observableCounter
    case observableUpDownCounter
    case observableGauge

    /// Whether values come from callbacks.
    var isObservable: Bool {
        switch self {
        case .observableCounter, .observableUpDownCounter, .observableGauge: true
        case .counter, .upDownCounter, .histogram, .gauge: false
        }
    }

    /// Whether a sum of it only grows (A6.3).
    var isMonotonic: Bool {
        switch self {
        case .counter, .histogram, .observableCounter: true
        case .upDownCounter, .gauge, .observableUpDownCounter, .observableGauge: false
        }
    }

    /// Whether it takes negative values.
    var takesNegative: Bool { !isMonotonic }
}
