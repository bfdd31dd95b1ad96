package import Instruments
internal import OTelEmitter

/// A measurement that comes from outside the program, as texts and numbers: nothing of it is
/// trusted.
package struct Measurement: Sendable, Equatable {
    package typealias Kind = InstrumentKind

    package enum Amount: Sendable, Equatable {
        case integer(Int)
        case double(Double)
    }

    package enum Value: Sendable, Equatable {
        case string(String)
        case bool(Bool)
        case integer(Int64)
        case double(Double)
    }

    /// Why a measurement can't be recorded, and what would be right.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    package static let unitByteLimit = 63
    /// The kinds of instrument that it can be recorded with, by the words for them.
    private static let kinds: [String: Kind] = [
        "counter": .counter, "gauge": .gauge, "histogram": .histogram,
    ]

    package var name: String
    package var amount: Amount
    package var kind: Kind
    /// UCUM; empty: none.
    package var unit: String
    /// Unique keys, none of them empty.
    package var attributes: [(key: String, value: Value)]

    package init(
        _ name: String, _ amount: Amount, kind: Kind, unit: String = "",
        attributes: [(key: String, value: Value)] = []
    ) {
        self.name = name
        self.amount = amount
        self.kind = kind
        self.unit = unit
        self.attributes = attributes
    }

    package static func == (left: Measurement, right: Measurement) -> Bool {
        left.name == right.name && left.amount == right.amount && left.kind == right.kind
            && left.unit == right.unit
            && left.attributes.elementsEqual(right.attributes) {
                $0.key == $1.key && $0.value == $1.value
            }
    }

    /// The kind that a word stands for; nil if it is none of them.
    package static func kind(_ word: String) -> Kind? { kinds[word] }

    /// Throws if an instrument would drop it, or would have to be reported.
    func check() throws(Problem) {
        guard InstrumentName.isValid(name) else {
            throw Problem(
                "the name \"\(Self.shown(name))\" is not valid: a letter, then up to"
                    + " \(InstrumentName.byteLimit - 1) of letters, digits, \"_\", \".\", \"-\" and \"/\""
            )
        }
        guard unit.utf8.count <= Self.unitByteLimit,
            unit.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else {
            throw Problem(
                "the unit \"\(Self.shown(unit))\" is not valid: up to \(Self.unitByteLimit)"
                    + " characters of ASCII")
        }
        if case .double(let double) = amount, !double.isFinite {
            throw Problem("the value \(double) is no finite number")
        }
        guard kind == .gauge || !isNegative else {
            throw Problem("a \(kind) takes no negative value; a gauge does")
        }
        var keys: Set<String> = []
        for (key, _) in attributes {
            guard !key.isEmpty else { throw Problem("an attribute has an empty key") }
            guard keys.insert(key).inserted else {
                throw Problem("the attribute \"\(Self.shown(key))\" is given twice")
            }
        }
    }

    private var isNegative: Bool {
        switch amount {
        case .integer(let integer): integer < 0
        case .double(let double): double < 0
        }
    }

    /// A text of unknown origin, on one line and not too long.
    package static func shown(_ text: String) -> String {
        let start = String(text.unicodeScalars.prefix(80))
        return CollectorText.shown(start) + (start == text ? "" : "…")
    }
}
