/// A data point of either SDK, with all that identifies its metric.
struct PlainPoint: Decodable, Equatable {
    var scope: String
    var name: String
    var unit: String
    var description: String
    /// "sum", "gauge", "histogram" or "exponential".
    var kind: String
    var isDelta: Bool
    var isMonotonic: Bool
    /// Sorted by key, as text.
    var attributes: String

    var value: PlainNumber?
    var count: UInt64?
    var sum: PlainNumber?
    /// Infinite or nil where there is none.
    var minimum: PlainNumber?
    var maximum: PlainNumber?
    var buckets: [UInt64]?
    var bounds: [PlainNumber]?
    var scale: Int32?
    var zeroCount: UInt64?
    var positiveOffset: Int32?
    var positive: [UInt64]?
    var negativeOffset: Int32?
    var negative: [UInt64]?

    /// What two points of one snapshot never have in common.
    var key: String { [scope, name, kind, attributes].joined(separator: " | ") }

    static let overflow = "otel.metric.overflow=b1"
}

/// What one program gave.
struct PlainResult: Decodable {
    var seed: UInt64
    var rounds: [Round]
    var error: String?

    /// Python's SDK can fail to add the exponential histogram of an interval to a cumulative one
    /// whose negative buckets are empty (A6.25). The rounds before are compared.
    var isCutShort: Bool { error?.contains("Exception: Incorrect merge scale") == true }

    struct Round: Decodable {
        var cumulative: [PlainPoint]
        /// Nil if the second reader did not collect.
        var delta: [PlainPoint]?
    }
}
