package import JSONText

/// JSON values as Swift literals. Members keep their order.
extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByIntegerLiteral
{
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { JSONMember($0.0, $0.1) })
    }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(stringLiteral text: String) { self = .string(text) }

    package init(booleanLiteral flag: Bool) { self = .bool(flag) }

    package init(nilLiteral: ()) { self = .null }

    package init(integerLiteral number: Int) { self = .integer(number) }

    static func integer(_ number: Int) -> JSONValue { .number(JSONNumber(text: String(number))) }

    static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// This object with further members after its own.
    func adding(_ more: JSONValue) -> JSONValue {
        .object((members ?? []) + (more.members ?? []))
    }
}
