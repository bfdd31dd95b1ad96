internal import Instruments
internal import OTelEmitter

/// The series of one metric, with which a query begins.
struct Selection {
    /// The reader of the query.
    enum Reader {
        case dashboards, rules

        /// The selector that every query has.
        var filter: String? { self == .dashboards ? #"instance=~"$instance""# : nil }

        /// The labels that identify the instance. Aggregations keep them.
        var identity: [String] { self == .dashboards ? ["instance"] : ["job", "instance"] }
    }

    let metric: InstrumentDefinition
    let reader: Reader
    private var matchers: [String] = []
    /// How long before the time of the query the samples are taken.
    private var age: Window?

    init(_ metric: InstrumentDefinition, for reader: Reader) {
        self.metric = metric
        self.reader = reader
    }

    // MARK: Narrowing

    /// The series whose attribute has one of these values.
    func with(_ key: String, _ values: String...) throws(QueryProblem) -> Selection {
        try matching(key, values, operators: ("=", "=~"))
    }

    /// The series whose attribute has none of these values.
    func without(_ key: String, _ values: String...) throws(QueryProblem) -> Selection {
        try matching(key, values, operators: ("!=", "!~"))
    }

    private func matching(
        _ key: String, _ values: [String], operators: (one: String, several: String)
    ) throws(QueryProblem) -> Selection {
        guard let known = metric.keys.first(where: { $0.name == key }) else {
            let known = metric.keys.map(\.name)
            throw QueryProblem("\(metric.name) has no attribute \"\(key)\", only \(known)")
        }
        for value in values where known.values?.contains(.string(value)) == false {
            throw QueryProblem("\(metric.name): \"\(key)\" is never \"\(value)\"")
        }
        let word = values.count == 1 ? operators.one : operators.several
        var narrowed = self
        narrowed.matchers.append(
            "\(PrometheusName.label(key))\(word)\"\(values.joined(separator: "|"))\"")
        return narrowed
    }

    /// The same series, as they were this long ago.
    func offset(_ age: Window) throws(QueryProblem) -> Selection {
        try requireKnown(age)
        var earlier = self
        earlier.age = age
        return earlier
    }

    // MARK: Asking

    /// The values themselves, of gauges and other levels.
    func level() throws(QueryProblem) -> Query {
        try require(.levels, for: "level")
        return Query(text: series(), labels: labels, self, try quantity())
    }

    /// What was counted since the process started.
    func total() throws(QueryProblem) -> Query {
        try require(.counters, for: "total")
        return Query(text: series(), labels: labels, self, try quantity())
    }

    /// What is counted each second.
    func rate(_ window: Window = .panel) throws(QueryProblem) -> Query {
        try require(.counters, for: "rate")
        return try over(window, "rate", try quantity().perSecond())
    }

    /// What was counted in the window.
    func increase(_ window: Window) throws(QueryProblem) -> Query {
        try require(.counters, for: "increase")
        return try over(window, "increase", try quantity())
    }

    /// By how much a level has risen in the window.
    func rise(_ window: Window) throws(QueryProblem) -> Query {
        try require(.levels, for: "rise")
        return try over(window, "delta", try quantity())
    }

    /// The latest values within the window, those of series that have ended too.
    func last(_ window: Window) throws(QueryProblem) -> Query {
        try require(.levels + .counters, for: "last")
        return try over(window, "last_over_time", try quantity())
    }

    /// The highest values within the window.
    func highest(_ window: Window) throws(QueryProblem) -> Query {
        try require(.levels + .counters, for: "highest")
        return try over(window, "max_over_time", try quantity())
    }

    /// The lowest values within the window.
    func lowest(_ window: Window) throws(QueryProblem) -> Query {
        try require(.levels + .counters, for: "lowest")
        return try over(window, "min_over_time", try quantity())
    }

    /// 1 for each instance that had the metric in the window.
    func presence(_ window: Window) throws(QueryProblem) -> Query {
        try require(.levels + .counters, for: "presence")
        return try over(window, "present_over_time", .number).aggregated("group", by: [])
    }

    /// 1 if no instance at all has the metric. The result has no labels, because there are no
    /// series to take them from.
    func absence() -> Query {
        Query(text: "absent(\(series()))", labels: [], self, .number)
    }

    // MARK: Parts

    func require(_ kinds: [InstrumentKind], for what: String) throws(QueryProblem) {
        guard !kinds.contains(metric.kind) else { return }
        throw QueryProblem("\(metric.name) is of the kind \(metric.kind): it has no \(what)")
    }

    private func requireKnown(_ window: Window) throws(QueryProblem) {
        guard reader == .rules && window.isVariable else { return }
        throw QueryProblem("\(metric.name): a rule can't use \(window.text)")
    }

    func quantity() throws(QueryProblem) -> Quantity { try Quantity(unit: metric.unit) }

    /// The labels of the series.
    var labels: [String] {
        reader.identity + metric.keys.map { PrometheusName.label($0.name) }
    }

    /// The name of the metric, or of a part of a histogram, with its selectors.
    func series(_ part: String = "", _ window: Window? = nil) -> String {
        let all = (reader.filter.map { [$0] } ?? []) + matchers
        let braces = all.isEmpty ? "" : "{\(all.joined(separator: ","))}"
        let range = window.map { "[\($0.text)]" } ?? ""
        return metric.prometheusName + part + braces + range
            + (age.map { " offset \($0.text)" } ?? "")
    }

    func over(
        _ window: Window, _ function: String, of part: String = "", _ quantity: Quantity
    ) throws(QueryProblem) -> Query {
        try requireKnown(window)
        return Query(
            text: "\(function)(\(series(part, window)))", labels: labels, self, quantity)
    }
}
