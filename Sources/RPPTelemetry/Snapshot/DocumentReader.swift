internal import JSONText

/// Reads the members of one object in a document, and names the place of an error.
struct DocumentReader {
    /// A snapshot has a few kilobytes, and about 100 if the node has a thousand peers.
    private static let limits = JSONReader.Limits(bytes: 4 << 20, depth: 16, elements: 100_000)

    private let members: [JSONMember]
    private let place: String

    /// Reads a document, which must be an object.
    init(_ json: [UInt8]) throws(SnapshotProblem) {
        let value: JSONValue
        do throws(JSONReader.Problem) {
            value = try JSONReader.parse(json, limits: Self.limits)
        } catch {
            throw SnapshotProblem(place: "", text: "not JSON: \(error)")
        }
        self = try Self(value, "")
    }

    private init(_ value: JSONValue, _ place: String) throws(SnapshotProblem) {
        guard let members = value.members else {
            throw SnapshotProblem(place: place, text: "must be an object")
        }
        self.members = members
        self.place = place
    }

    func unsigned(_ key: String) throws(SnapshotProblem) -> UInt64 {
        try Self.unsigned(value(key), path(key))
    }

    /// Nil if the value is null.
    func optionalUnsigned(_ key: String) throws(SnapshotProblem) -> UInt64? {
        let value = try value(key)
        return value == .null ? nil : try Self.unsigned(value, path(key))
    }

    func number(_ key: String) throws(SnapshotProblem) -> Double {
        guard case .number(let number) = try value(key), let double = number.double else {
            throw problem(key, "must be a number")
        }
        return double
    }

    func text(_ key: String) throws(SnapshotProblem) -> String {
        guard let text = try value(key).text else { throw problem(key, "must be a string") }
        return text
    }

    func object(_ key: String) throws(SnapshotProblem) -> DocumentReader {
        try DocumentReader(value(key), path(key))
    }

    /// Nil if there is no such member.
    func optionalObject(_ key: String) throws(SnapshotProblem) -> DocumentReader? {
        guard let found = find(key) else { return nil }
        return try DocumentReader(found, path(key))
    }

    func unsignedList(_ key: String) throws(SnapshotProblem) -> [UInt64] {
        var list: [UInt64] = []
        for (index, element) in try elements(key).enumerated() {
            list.append(try Self.unsigned(element, path(key, index)))
        }
        return list
    }

    func objects(_ key: String) throws(SnapshotProblem) -> [DocumentReader] {
        var list: [DocumentReader] = []
        for (index, element) in try elements(key).enumerated() {
            list.append(try DocumentReader(element, path(key, index)))
        }
        return list
    }

    /// All members of this object, which must be objects, with their names.
    func objectsByName() throws(SnapshotProblem) -> [(name: String, object: DocumentReader)] {
        var list: [(name: String, object: DocumentReader)] = []
        for member in members {
            list.append((member.name, try DocumentReader(member.value, path(member.name))))
        }
        return list
    }

    func problem(_ key: String, _ text: String) -> SnapshotProblem {
        SnapshotProblem(place: path(key), text: text)
    }

    /// The value of a member. If several have the same name, the last one counts, as in most
    /// parsers.
    private func find(_ key: String) -> JSONValue? { members.last { $0.name == key }?.value }

    private func value(_ key: String) throws(SnapshotProblem) -> JSONValue {
        guard let value = find(key) else { throw problem(key, "is missing") }
        return value
    }

    private func elements(_ key: String) throws(SnapshotProblem) -> [JSONValue] {
        guard let elements = try value(key).elements else {
            throw problem(key, "must be an array")
        }
        return elements
    }

    private static func unsigned(
        _ value: JSONValue, _ place: String
    ) throws(SnapshotProblem) -> UInt64 {
        guard case .number(let number) = value, let unsigned = number.unsignedInteger else {
            throw SnapshotProblem(
                place: place, text: "must be a whole number from 0 to \(UInt64.max)")
        }
        return unsigned
    }

    private func path(_ key: String, _ index: Int? = nil) -> String {
        let own = place.isEmpty ? key : "\(place).\(key)"
        return index.map { "\(own)[\($0)]" } ?? own
    }
}
