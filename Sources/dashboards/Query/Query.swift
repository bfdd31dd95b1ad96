internal import OTelEmitter

/// A PromQL expression, with what is known about its result, so that what is built on it fits.
struct Query: Equatable {
    let text: String
    /// The labels that the result has.
    let labels: [String]
    /// Those of the labels that identify the instance.
    let identity: [String]
    let quantity: Quantity
    /// Whether it needs parentheses within another expression.
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
    /// The median. Unlike the mean, it does not change if one series is bad.
    func median(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("quantile", by: keys, parameter: "0.5, ")
    }
    /// The number of series.
    func count(by keys: String...) throws(QueryProblem) -> Query {
        try aggregated("count", by: keys, .number)
    }

    /// - Parameter keys: the keys of attributes.
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

    /// Sorts a table, the lowest value first.
    func sorted() -> Query { wrapped("sort(\(text))") }

    /// The series with the lowest values.
    func lowest(_ count: Int) -> Query { wrapped("bottomk(\(count), \(text))") }

    // MARK: Over time

    /// The mean of the result over the window. If a series is new, the mean covers only the time
    /// since its first sample, while a rate over the window would count the time before it as well.
    func averaged(over window: Window) -> Query {
        // Recorded series have samples to average. Anything else is computed twice per minute.
        let range = isRecorded ? window.text : "\(window.text):30s"
        return wrapped("avg_over_time(\(isRecorded ? text : "(\(text))")[\(range)])")
    }

    private var isRecorded: Bool { !text.contains("(") }

    private func wrapped(_ text: String) -> Query {
        Query(text: text, labels: labels, identity: identity, quantity)
    }

    /// The expression as an operand.
    var operand: String { isCompound ? "(\(text))" : text }
}
