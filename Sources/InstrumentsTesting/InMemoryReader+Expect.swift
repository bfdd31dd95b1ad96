public import Instruments

/// Assertions for tests of any kind: they throw, with a text that says what is there instead.
extension InMemoryReader {
    /// A sum or a gauge has this integer value at exactly these attributes.
    public func expect(
        _ name: String, _ attributes: AttributeSet = .empty, is expected: Int
    ) throws(MetricMismatch) {
        try expect(name, attributes, is: Number.int(Int64(expected)))
    }

    /// A sum or a gauge has this double value, to the bit, at exactly these attributes.
    public func expect(
        _ name: String, _ attributes: AttributeSet = .empty, is expected: Double
    ) throws(MetricMismatch) {
        try expect(name, attributes, is: Number.double(expected))
    }

    /// A histogram has so many records at exactly these attributes.
    public func expect(
        _ name: String, _ attributes: AttributeSet = .empty, hasRecords expected: Int
    ) throws(MetricMismatch) {
        let count =
            histogram(name, attributes)?.count ?? exponentialHistogram(name, attributes)?.count
        guard let count, count == UInt64(max(expected, 0)) else {
            throw mismatch(
                name, attributes, "\(expected) records", count.map { "\($0) records" })
        }
    }

    /// A metric has no data at these attributes.
    public func expectSilence(
        _ name: String, _ attributes: AttributeSet = .empty
    ) throws(MetricMismatch) {
        if attributeSets(name).contains(attributes) {
            throw mismatch(name, attributes, "no data", "data")
        }
    }

    private func expect(
        _ name: String, _ attributes: AttributeSet, is expected: Number
    ) throws(MetricMismatch) {
        let found = value(name, attributes)
        guard found == expected else {
            throw mismatch(name, attributes, "\(expected)", found.map { "\($0)" })
        }
    }

    private func mismatch(
        _ name: String, _ attributes: AttributeSet, _ expected: String, _ found: String?
    ) -> MetricMismatch {
        let others = attributeSets(name).map(\.text).joined(separator: ", ")
        let known = others.isEmpty ? "the metric has no data" : "there is data for \(others)"
        return MetricMismatch(
            description: "\(name) \(attributes.text) should be \(expected), but is "
                + (found ?? "silent; \(known)"))
    }
}

/// What a test expected of a metric and did not find.
public struct MetricMismatch: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension AttributeSet {
    /// `{key=value, …}`.
    fileprivate var text: String {
        "{" + attributes.map { "\($0.key)=\($0.value.text)" }.joined(separator: ", ") + "}"
    }
}

extension AttributeValue {
    fileprivate var text: String {
        switch self {
        case .string(let value): "\"\(value)\""
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .bytes(let value): "\(value.count) bytes"
        case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .map(let attributes): "\(attributes.count) entries"
        case .empty: "empty"
        }
    }
}
