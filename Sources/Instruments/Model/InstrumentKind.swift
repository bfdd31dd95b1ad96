/// The kinds of instrument.
public enum InstrumentKind: Int, Sendable, Hashable, CaseIterable {
    /// A sum that only grows.
    case counter
    /// A sum that grows and shrinks.
    case upDownCounter
    /// A distribution.
    case histogram
    /// A level.
    case gauge
    /// A sum that only grows, observed by callbacks.
    case observableCounter
    /// A sum that grows and shrinks, observed by callbacks.
    case observableUpDownCounter
    /// A level, observed by callbacks.
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
