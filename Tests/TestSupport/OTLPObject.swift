internal import Foundation

/// A JSON object of OTLP. A member that is absent has its default value, as in proto3; one of the
/// wrong kind is an error that says where.
struct OTLPObject {
    private let members: [String: JSONValue]
    private let place: String

    init(_ json: JSONValue, _ place: String) throws {
        guard case .object(let members) = json else {
            throw SystemError(text: "\(place) is no JSON object")
        }
        self.members = members
        self.place = place
    }

    func object(_ name: String) throws -> OTLPObject? {
        try members[name].map { try OTLPObject($0, "\(place).\(name)") }
    }

    func list(_ name: String) throws -> [OTLPObject] {
        try (values(name) ?? []).map { try OTLPObject($0, "\(place).\(name)[]") }
    }

    func text(_ name: String) throws -> String {
        guard let member = members[name] else { return "" }
        guard case .text(let text) = member else { throw wrong(name, "a string") }
        return text
    }

    func flag(_ name: String) throws -> Bool {
        guard let member = members[name] else { return false }
        guard case .flag(let flag) = member else { throw wrong(name, "true or false") }
        return flag
    }

    /// A 64-bit integer is a string, a 32-bit one or an enum's value a number.
    func integer(_ name: String) throws -> Int64 {
        guard let member = members[name] else { return 0 }
        return try integer(member, name)
    }

    private func integer(_ member: JSONValue, _ name: String) throws -> Int64 {
        switch member {
        case .text(let text):
            if let value = Int64(text) { return value }
        case .number(let number):
            if let value = Int64(exactly: number) { return value }
        default: break
        }
        throw wrong(name, "an integer")
    }

    /// The upper half of the range comes as text only.
    func unsigned(_ name: String) throws -> UInt64 {
        guard let member = members[name] else { return 0 }
        return try unsigned(member, name)
    }

    private func unsigned(_ member: JSONValue, _ name: String) throws -> UInt64 {
        if case .text(let text) = member, let value = UInt64(text) { return value }
        guard let value = UInt64(exactly: try integer(member, name)) else {
            throw wrong(name, "an unsigned integer")
        }
        return value
    }

    private func counts(_ name: String) throws -> [UInt64] {
        try (values(name) ?? []).map { try unsigned($0, name) }
    }

    private func optionalDouble(_ name: String) throws -> Double? {
        try members[name].map { try double($0, name) }
    }

    private func integer32(_ name: String) throws -> Int32 {
        guard let value = Int32(exactly: try integer(name)) else {
            throw wrong(name, "a 32-bit integer")
        }
        return value
    }

    private func double(_ member: JSONValue, _ name: String) throws -> Double {
        switch member {
        case .text("NaN"): return .nan
        case .text("Infinity"): return .infinity
        case .text("-Infinity"): return -.infinity
        case .number(let number): return number
        default: throw wrong(name, "a double")
        }
    }

    private func values(_ name: String) throws -> [JSONValue]? {
        guard let member = members[name] else { return nil }
        guard case .list(let values) = member else { throw wrong(name, "a list") }
        return values
    }

    private func wrong(_ name: String, _ kind: String) -> SystemError {
        SystemError(text: "\(place).\(name) is not \(kind)")
    }

    // MARK: Spelling

    func attributes(_ name: String = "attributes") throws -> String {
        OTLPPoint.spell(
            attributes: try list(name).map { attribute in
                (try attribute.text("key"), try attribute.object("value")?.valueText() ?? "empty")
            })
    }

    /// An AnyValue.
    private func valueText() throws -> String {
        guard let (name, member) = members.first else { return "empty" }
        guard members.count == 1 else { throw SystemError(text: "\(place) has several values") }
        switch name {
        case "stringValue": return "string \(try text(name))"
        case "boolValue": return "bool \(try flag(name))"
        case "intValue": return "int \(try integer(name))"
        case "doubleValue": return "double \(OTLPPoint.spell(try double(member, name)))"
        case "bytesValue":
            guard let data = Data(base64Encoded: try text(name)) else {
                throw wrong(name, "base64")
            }
            return "bytes \(Array(data))"
        case "arrayValue":
            let values = try object(name)?.list("values") ?? []
            return "[" + (try values.map { try $0.valueText() }).joined(separator: ", ") + "]"
        case "kvlistValue":
            let values = try object(name)?.list("values") ?? []
            return OTLPPoint.spell(
                attributes: try values.map {
                    (try $0.text("key"), try $0.object("value")?.valueText() ?? "empty")
                })
        default: throw SystemError(text: "\(place) has the unknown member \(name)")
        }
    }

    /// The value of a sum's or a gauge's point, or of an exemplar.
    func numberText() throws -> String {
        if let member = members["asInt"] { return "int \(try integer(member, "asInt"))" }
        if let member = members["asDouble"] {
            return "double \(OTLPPoint.spell(try double(member, "asDouble")))"
        }
        throw SystemError(text: "\(place) has no value")
    }

    func histogramText() throws -> String {
        let bounds = try (values("explicitBounds") ?? []).map { try double($0, "explicitBounds") }
        return try headText() + OTLPPoint.spell(bounds: bounds, buckets: counts("bucketCounts"))
    }

    func exponentialHistogramText() throws -> String {
        try headText()
            + " scale \(integer32("scale")) zeros \(unsigned("zeroCount"))"
            + " positive \(rangeText("positive")) negative \(rangeText("negative"))"
    }

    private func headText() throws -> String {
        OTLPPoint.spell(
            count: try unsigned("count"), sum: try optionalDouble("sum"),
            minimum: try optionalDouble("min"), maximum: try optionalDouble("max"))
    }

    private func rangeText(_ name: String) throws -> String {
        guard let range = try object(name) else { return OTLPPoint.spell(offset: 0, buckets: []) }
        return try OTLPPoint.spell(
            offset: range.integer32("offset"), buckets: range.counts("bucketCounts"))
    }

    func exemplarsText() throws -> String {
        try list("exemplars").map { exemplar in
            try OTLPPoint.spellExemplar(
                time: exemplar.unsigned("timeUnixNano"), value: exemplar.numberText(),
                trace: exemplar.text("traceId"), span: exemplar.text("spanId"),
                attributes: exemplar.attributes("filteredAttributes"))
        }.joined()
    }
}
