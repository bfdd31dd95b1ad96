internal import OTelEmitter

/// A PromQL expression, with what is known of its result: so that whatever is built on it fits.
struct Query: Equatable {
    let text: String
    /// The labels that the result has.
    let labels: [String]
    /// Those among them that tell whose series it is.
    let identity: [String]
    let quantity: Quantity
    /// Whether it needs parentheses within another one.
    let isCompound: Bool

    init(
        text: String, labels: [String], identity: [String], _ quantity: Quantity,
        isCompound: Bool = false
    ) {
        self.text = text
        self.labels = labels
        self.identity = identity
        self.quantity = quantity
        self.isCompound = isCompound
    }

    init(
        text: String, labels: [String], _ selection: Selection, _ quantity: Quantity,
        isCompound: Bool = false
    ) {
        self.init(
            text: text, labels: labels, identity: selection.reader.identity, quantity,
            isCompound: isCompound)
    }

    // MARK: Aggregating, always for each instance

    func sum(by keys: String...) throws(QueryProblem) -> Query { try aggregated("sum", by: keys) }
    func maximum(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("max", by: keys)
    }
    func minimum(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("min", by: keys)
    }
    func mean(by keys: String...) throws(QueryProblem) -> Query { try aggregated("avg", by: keys) }
    /// One bad series moves the mean and leaves this where it is.
    func median(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("quantile", by: keys, parameter: "0.5, ")
    }
    /// How many series there are.
    func count(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("count", by: keys, .number)
    }

    /// - Parameter keys: of attributes.
    func aggregated(
        _ function: String, by keys: [String], first: [String] = [], parameter: String = "",
        _ result: Quantity? = nil
    ) throws(QueryProblem) -> Query {
        let kept = first + identity + keys.map { PrometheusName.label($0) }
        for label in kept where !labels.contains(label) {
            throw QueryProblem("there is no label \(label) in \(text), only \(labels)")
        }
        return Query(
            text: "\(function) by (\(kept.joined(separator: ", "))) (\(parameter)\(text))",
            labels: kept, identity: identity, result ?? quantity)
    }

    // MARK: Ordering

    /// The lowest value first, in a table.
    func sorted() -> Query { wrapped("sort(\(text))") }

    /// The series with the lowest values.
    func lowest(_ count: Int) -> Query { wrapped("bottomk(\(count), \(text))") }

    // MARK: Over time

    /// The mean of the result over the window: of a new series, over as long as there is one. (A
    /// rate over as long would count the time before its first sample.)
    func averaged(over window: Window) -> Query {
        // Recorded series have samples to average; anything else is computed twice a minute.
        let range = isRecorded ? window.text : "\(window.text):30s"
        return wrapped("avg_over_time(\(isRecorded ? text : "(\(text))")[\(range)])")
    }

    private var isRecorded: Bool { !text.contains("(") }

    private func wrapped(_ text: String) -> Query {
        Query(text: text, labels: labels, identity: identity, quantity)
    }

    /// As an operand.
    var operand: String { isCompound ? "(\(text))" : text }
}
