/// A panel of a dashboard, which answers one question with its queries.
struct Panel {
    enum Kind: String {
        case timeseries, stat, bargauge, table
    }

    let kind: Kind
    let title: String
    let description: String
    let targets: [Target]
    let quantity: Quantity
    /// The width, in the 24 columns of the grid.
    let width: Int
    /// The height, in Grafana's units of 30 pixels and their gaps. It grows to that of the highest
    /// panel in the line.
    let height: Int
    let marks: Marks
    /// What the panel shows if there is no data and that is not an error.
    let noValue: String?
    /// The titles of a table's columns, by label.
    var columns: [String: String] = [:]
    /// The title of the column with a table's value.
    var valueTitle = "Value"

    /// - Throws: if the results of its queries have different units.
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

    /// The median, the p95 and the p99 over time.
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
    /// - Parameter columns: the titles of labels. The columns have the order of the labels in the
    ///   query.
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
