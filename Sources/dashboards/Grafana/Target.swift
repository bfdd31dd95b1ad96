internal import JSONText

/// A query of a panel.
struct Target {
    let query: Query
    /// The name of its series, which comes before their labels.
    let name: String?

    init(_ query: Query, _ name: String? = nil) {
        self.query = query
        self.name = name
    }

    /// The name and the labels, so that a series is never shown without what distinguishes it from
    /// others.
    var legend: String {
        ((name.map { [$0] } ?? []) + query.labels.map { "{{\($0)}}" }).joined(separator: " ")
    }

    /// - Parameters:
    ///   - index: the index of the query in its panel.
    ///   - asTable: whether to return the latest values as a table. Otherwise the result is series
    ///     over time or, with `isInstant`, the latest values by name.
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
