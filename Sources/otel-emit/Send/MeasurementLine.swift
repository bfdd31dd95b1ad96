internal import JSONText
internal import OTelEmitter
internal import OTelEmitterTools

/// Reads a measurement from a line of JSON.
enum MeasurementLine {
    /// The values that apply if a line does not have its own.
    struct Defaults: Equatable {
        var kind: Measurement.Kind?
        var unit: String?
        var attributes: [(key: String, value: Measurement.Value)] = []

        static func == (left: Defaults, right: Defaults) -> Bool {
            left.kind == right.kind && left.unit == right.unit
                && left.attributes.elementsEqual(right.attributes) {
                    $0.key == $1.key && $0.value == $1.value
                }
        }
    }

    private static let members = ["name", "value", "kind", "unit", "attributes"]
    private static let example = "{\"name\":\"jobs.done\",\"value\":3,\"kind\":\"counter\"}"
    /// The limits of a line. Its elements include the values of attributes.
    private static let limits = JSONReader.Limits(
        bytes: LineSplitter.lineByteLimit, depth: 4, elements: 1000)

    /// - Parameter line: the line without its end.
    static func parse(
        _ line: ArraySlice<UInt8>, _ defaults: Defaults
    ) throws(Measurement.Problem) -> Measurement {
        let object = try object(line)
        for (index, member) in object.enumerated() {
            guard members.contains(member.name) else {
                throw Measurement.Problem(
                    "\"\(Measurement.shown(member.name))\" is not a member of a measurement; the members are"
                        + " \(members.joined(separator: ", "))")
            }
            guard !object[..<index].contains(where: { $0.name == member.name }) else {
                throw Measurement.Problem("\"\(member.name)\" is given twice")
            }
        }
        let value = { (name: String) in object.first { $0.name == name }?.value }
        guard let name = value("name")?.text else {
            throw Measurement.Problem("\"name\" must be a string, such as \"jobs.done\"")
        }
        return Measurement(
            name, try amount(value("value")), kind: try kind(value("kind"), defaults),
            unit: try unit(value("unit"), defaults),
            attributes: try attributes(value("attributes"), defaults))
    }

    private static func object(
        _ line: ArraySlice<UInt8>
    ) throws(Measurement.Problem) -> [JSONMember] {
        do throws(JSONReader.Problem) {
            let value = try JSONReader.parse(Array(line), limits: limits)
            if let members = value.members { return members }
        } catch {
            throw Measurement.Problem("not JSON: \(error); a line is an object such as \(example)")
        }
        throw Measurement.Problem("a line must be an object such as \(example)")
    }

    private static func amount(_ value: JSONValue?) throws(Measurement.Problem)
        -> Measurement.Amount
    {
        guard case .number(let number)? = value, let amount = NumberText.amount(number.text) else {
            throw Measurement.Problem(
                "\"value\" must be a number: an integer of 64 bits, or a finite decimal")
        }
        return amount
    }

    private static func kind(
        _ value: JSONValue?, _ defaults: Defaults
    ) throws(Measurement.Problem) -> Measurement.Kind {
        if value == nil, let kind = defaults.kind { return kind }
        guard let kind = value?.text.flatMap(Measurement.kind) else {
            throw Measurement.Problem(
                "\"kind\" must be \"counter\", \"gauge\" or \"histogram\", or be given by --kind")
        }
        return kind
    }

    private static func unit(
        _ value: JSONValue?, _ defaults: Defaults
    ) throws(Measurement.Problem) -> String {
        guard let value else { return defaults.unit ?? "" }
        guard let unit = value.text else {
            throw Measurement.Problem("\"unit\" must be a string, such as \"ms\"")
        }
        return unit
    }

    private static func attributes(
        _ value: JSONValue?, _ defaults: Defaults
    ) throws(Measurement.Problem) -> [(key: String, value: Measurement.Value)] {
        guard let value else { return defaults.attributes }
        guard let members = value.members else {
            throw Measurement.Problem("\"attributes\" must be an object, such as {\"queue\":\"a\"}")
        }
        var attributes: [(key: String, value: Measurement.Value)] = []
        for member in members {
            attributes.append((member.name, try attribute(member)))
        }
        return attributes
            + defaults.attributes.filter { given in !members.contains { $0.name == given.key } }
    }

    private static func attribute(
        _ member: JSONMember
    ) throws(Measurement.Problem) -> Measurement.Value {
        switch member.value {
        case .string(let text): return .string(text)
        case .bool(let flag): return .bool(flag)
        case .number(let number):
            if let integer = number.integer { return .integer(integer) }
            if let double = number.double { return .double(double) }
        default: break
        }
        throw Measurement.Problem(
            "the attribute \"\(Measurement.shown(member.name))\" must be a string, a finite number or"
                + " a boolean")
    }
}
