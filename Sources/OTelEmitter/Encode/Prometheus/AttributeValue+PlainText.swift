internal import Instruments
internal import JSONText

extension AttributeValue {
    /// The value for formats that have only text (specification: common, *AnyValue representation
    /// for non-OTLP protocols*).
    var plainText: String {
        switch self {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value) where value.isNaN: return "NaN"
        case .double(let value) where value.isInfinite:
            return value > 0 ? "Infinity" : "-Infinity"
        case .empty: return ""
        case .double, .bytes, .array, .map:
            var text = ByteBuffer(capacity: 64)
            text.append(plain: self)
            let written = String(decoding: text.bytes(), as: UTF8.self)
            if case .bytes = self { return String(written.dropFirst().dropLast()) }
            return written
        }
    }
}

extension ByteBuffer {
    /// The value as an element of a JSON array.
    fileprivate mutating func append(plain value: AttributeValue) {
        switch value {
        case .string(let text): append(string: text)
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let value): append(integer: value)
        case .double(let value): append(double: value)
        case .bytes(let bytes): append(base64: bytes)
        case .empty: append("null")
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(",") }
                append(plain: element)
            }
            append("]")
        case .map(let members):
            append("{")
            for (index, member) in AttributeSet(members).attributes.enumerated() {
                if index > 0 { append(",") }
                append(string: member.key)
                append(":")
                append(plain: member.value)
            }
            append("}")
        }
    }
}
