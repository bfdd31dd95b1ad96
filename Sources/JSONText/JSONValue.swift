/// Any JSON value, as `JSONReader` returns it.
package indirect enum JSONValue: Sendable, Equatable {
    /// Members in the order of the document, including repeated names.
    case object([JSONMember])
    case array([JSONValue])
    case string(String)
    case number(JSONNumber)
    case bool(Bool)
    case null

    /// The value of the member with this name. If there are several, it is the last one, as in most
    /// parsers. Nil if there is none, or if this is not an object.
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

    /// A whole number within `Int64`, written as a number or as a string. OTLP writes 64-bit
    /// integers as strings and reads both forms (*JSON Protobuf Encoding*).
    package var integer: Int64? {
        switch self {
        case .number(let number): number.integer
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// A number, or one of the strings for values that JSON can't write as numbers.
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

/// A number in its written form, so that no digit is lost.
package struct JSONNumber: Sendable, Equatable {
    /// Sign, digits, point and exponent by the grammar of JSON.
    package let text: String

    package init(text: String) {
        self.text = text
    }

    /// The number, if it has no fraction and no exponent, and fits into the type.
    package var integer: Int64? { Int64(text) }

    /// The same for numbers up to 2^64 − 1.
    package var unsignedInteger: UInt64? { UInt64(text) }

    /// The nearest double, or nil if the number is beyond the largest one.
    package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
