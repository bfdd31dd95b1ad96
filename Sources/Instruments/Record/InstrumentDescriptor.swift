/// What identifies an instrument within its meter (checklist A3.2).
struct InstrumentDescriptor: Sendable, Hashable {
    let name: String
    let kind: InstrumentKind
    let unit: String
    let description: String
    let number: NumberKind

    /// The form in which two descriptors are compared: names differ only by case (A3.33).
    var identity: InstrumentDescriptor {
        InstrumentDescriptor(
            name: name.lowercased(), kind: kind, unit: unit, description: description,
            number: number)
    }

    /// Whether the name follows the specification's syntax (A3.3).
    var hasValidName: Bool { InstrumentName.isValid(name) }

    /// The order of instruments in all output that differ in nothing that is text.
    var rank: Int { kind.rawValue * 2 + (number == .integer ? 0 : 1) }
}

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
