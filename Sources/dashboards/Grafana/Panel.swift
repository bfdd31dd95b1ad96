/// A panel of a dashboard, with one question and the queries that answer it.
struct Panel {
    enum Kind: String {
        case timeseries, stat, bargauge, table
    }

    let kind: Kind
    let title: String
    let description: String
    let targets: [Target]
    let quantity: Quantity
    /// Of 24 columns.
    let width: Int
    /// In Grafana's units of 30 pixels and their gaps; more where a higher one stands beside it.
    let height: Int
    let marks: Marks
    /// What it says where there is no data and that is no error.
    let noValue: String?
    /// The columns of a table, by label, in their order; the value comes last.
    var columns: [String: String] = [:]
    /// The name of a table's value.
    var valueTitle = "Value"

    /// - Throws: if its queries answer in different units.
    init(
        _ kind: Kind, _ title: String, _ description: String, width: Int, height: Int,
        marks: Marks = .none, noValue: String? = nil, _ targets: [Target]
    ) throws(QueryProblem) {
        guard let quantity = targets.first?.query.quantity else {
            throw QueryProblem("the panel \"\(title)\" asks nothing")
        }
        for target in targets where target.query.quantity != quantity {
            let other = target.query.quantity
            throw QueryProblem("the panel \"\(title)\" mixes \(quantity) and \(other)")
        }
        self.kind = kind
        self.title = title
        self.description = description
        self.targets = targets
        self.quantity = quantity
        self.width = width
        self.height = height
        self.marks = marks
        self.noValue = noValue
    }

    // MARK: The kinds

    /// Lines over time.
    static func graph(
        _ title: String, _ description: String, width: Int = 12, marks: Marks = .none,
        noValue: String? = nil, _ targets: Target...
    ) throws(QueryProblem) -> Panel {
        try Panel(
            .timeseries, title, description, width: width, height: 8, marks: marks,
            noValue: noValue, targets)
    }

    /// The median and the two quantiles that operators ask for, over time.
    static func quantiles(
        _ title: String, _ description: String, width: Int = 12, marks: Marks = .none,
        noValue: String? = nil, _ selection: Selection
    ) throws(QueryProblem) -> Panel {
        try graph(
            title, description, width: width, marks: marks, noValue: noValue,
            Target(selection.quantile(0.5), "p50"), Target(selection.quantile(0.95), "p95"),
            Target(selection.quantile(0.99), "p99"))
    }

    /// The latest value, large.
    static func figure(
        _ title: String, _ description: String, width: Int = 4, marks: Marks = .none,
        noValue: String? = nil, _ targets: Target...
    ) throws(QueryProblem) -> Panel {
        try Panel(
            .stat, title, description, width: width, height: 4, marks: marks, noValue: noValue,
            targets)
    }

    /// The latest values as bars.
    static func bars(
        _ title: String, _ description: String, width: Int = 12, marks: Marks = .none,
        noValue: String? = nil, _ targets: Target...
    ) throws(QueryProblem) -> Panel {
        try Panel(
            .bargauge, title, description, width: width, height: 8, marks: marks,
            noValue: noValue, targets)
    }

    /// The latest values as rows.
    ///
    /// - Parameter columns: titles of labels; the labels come in the order of the query.
    static func table(
        _ title: String, _ description: String, width: Int = 12,
        marks: Marks = .none, noValue: String? = nil, value: String,
        columns: [String: String] = [:], _ query: Query
    ) throws(QueryProblem) -> Panel {
        var panel = try Panel(
            .table, title, description, width: width, height: 12, marks: marks,
            noValue: noValue, [Target(query)])
        panel.columns = columns
        panel.valueTitle = value
        return panel
    }
}
