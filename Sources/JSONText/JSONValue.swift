/// Any JSON: what `JSONReader` reads.
package indirect enum JSONValue: Sendable, Equatable {
    /// Members in the order in which they were written, names that occur twice included.
    case object([JSONMember])
    case array([JSONValue])
    case string(String)
    case number(JSONNumber)
    case bool(Bool)
    case null

    /// The value of the member of this name, if this is an object that has one; of several the
    /// last, as most parsers have it.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The text of a string.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object.
    package var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value of a boolean.
    package var flag: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// A whole number within Int64, written as a number or as a string: OTLP writes 64-bit integers
    /// as strings and reads both (C4).
    package var integer: Int64? {
        switch self {
        case .number(let number): number.integer
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// A number, or one of the strings that stand for those that JSON can't write (C5).
    package var double: Double? {
        switch self {
        case .number(let number): number.double
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }
}

/// A name and its value in a JSON object.
package struct JSONMember: Sendable, Equatable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// A number as it was written, so that nothing of it is lost.
package struct JSONNumber: Sendable, Equatable {
    /// Digits, sign, point and exponent by JSON's grammar.
    package let text: String

    package init(text: String) {
        self.text = text
    }

    /// The number if it is written without fraction and exponent, and fits.
    package var integer: Int64? { Int64(text) }

    /// The same up to 2^64 − 1.
    package var unsignedInteger: UInt64? { UInt64(text) }

    /// The nearest double; nil beyond the largest.
    package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
