internal import JSONText

/// JSON for people and for diffs: a line for each member, two spaces for each level.
enum PrettyJSON {
    static func bytes(of value: JSONValue) -> [UInt8] {
        var buffer = ByteBuffer()
        append(value, to: &buffer, indent: 0)
        buffer.append("\n")
        return buffer.bytes()
    }

    private static func append(_ value: JSONValue, to buffer: inout ByteBuffer, indent: Int) {
        switch value {
        case .null: buffer.append("null")
        case .bool(let flag): buffer.append(text: flag ? "true" : "false")
        case .number(let number): buffer.append(text: number.text)
        case .string(let text): buffer.append(string: text)
        case .array(let elements):
            append("[", elements, "]", to: &buffer, indent) { element, buffer in
                append(element, to: &buffer, indent: indent + 1)
            }
        case .object(let members):
            append("{", members, "}", to: &buffer, indent) { member, buffer in
                buffer.append(string: member.name)
                buffer.append(": ")
                append(member.value, to: &buffer, indent: indent + 1)
            }
        }
    }

    private static func append<Part>(
        _ opening: StaticString, _ parts: [Part], _ closing: StaticString,
        to buffer: inout ByteBuffer, _ indent: Int,
        _ appendPart: (Part, inout ByteBuffer) -> Void
    ) {
        buffer.append(opening)
        for (index, part) in parts.enumerated() {
            if index > 0 { buffer.append(",") }
            appendLineBreak(to: &buffer, indent + 1)
            appendPart(part, &buffer)
        }
        if !parts.isEmpty { appendLineBreak(to: &buffer, indent) }
        buffer.append(closing)
    }

    private static func appendLineBreak(to buffer: inout ByteBuffer, _ indent: Int) {
        buffer.append(text: "\n" + String(repeating: "  ", count: indent))
    }
}
