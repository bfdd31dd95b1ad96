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

extension InstrumentDescriptor {
    /// The order of instruments in all output.
    func precedes(_ other: InstrumentDescriptor) -> Bool {
        if name != other.name { return name.precedes(other.name) }
        if unit != other.unit { return unit.precedes(other.unit) }
        if description != other.description { return description.precedes(other.description) }
        return rank < other.rank
    }
}
