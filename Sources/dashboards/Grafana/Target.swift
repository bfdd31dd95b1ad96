internal import JSONText

/// A query of a panel.
struct Target {
    let query: Query
    /// What its series are called, before their labels.
    let name: String?

    init(_ query: Query, _ name: String? = nil) {
        self.query = query
        self.name = name
    }

    /// Name and labels: a series is never shown without what tells it from the others.
    var legend: String {
        ((name.map { [$0] } ?? []) + query.labels.map { "{{\($0)}}" }).joined(separator: " ")
    }

    /// - Parameters:
    ///   - index: its place in the panel.
    ///   - asTable: its latest values as a table; otherwise as series over time, or as latest
    ///     values by name where `isInstant`.
    func json(_ index: Int, isInstant: Bool, asTable: Bool) -> JSONValue {
        let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(index))
        return [
            "refId": .string(String(Character(letter))),
            "datasource": Board.datasource,
            "editorMode": "code",
            "expr": .string(query.text),
            "legendFormat": .string(legend),
            "format": asTable ? "table" : "time_series",
            "instant": .bool(isInstant),
            "range": .bool(!isInstant),
        ]
    }
}
