/// A metric of a collection, and what is known of it beside its data.
struct MarkedMetric: Sendable, Equatable {
    let metric: Metric
    var marks: MetricMarks

    init(_ metric: Metric, _ marks: MetricMarks = MetricMarks()) {
        self.metric = metric
        self.marks = marks
    }

    /// What it was made of, or itself.
    var parts: [MarkedMetric] { marks.parts.isEmpty ? [self] : marks.parts }
}

/// What a collection knows of a metric beside its data.
struct MetricMarks: Sendable, Equatable {
    var source = MetricSource()
    var points = PointMarks()
    /// The metrics that it was made of, if points of theirs were changed by that: differences are
    /// made of them and joined again.
    var parts: [MarkedMetric] = []
}

/// The metrics of one scope in a collection.
struct MarkedScope: Sendable {
    let scope: InstrumentationScope
    let metrics: [MarkedMetric]

    init(_ scope: InstrumentationScope, _ metrics: [MarkedMetric]) {
        self.scope = scope
        self.metrics = metrics
    }

    /// Metrics of which nothing is known beside their data.
    init(_ scope: ScopeMetrics) {
        self.init(scope.scope, scope.metrics.map { MarkedMetric($0) })
    }
}

/// A series that callbacks observed earlier and could not observe for a collection, because they
/// were late: the next difference begins with it.
struct HeldPoint: Sendable {
    let point: NumberPoint
    let updates: UInt64
    let stream: UInt32
}
