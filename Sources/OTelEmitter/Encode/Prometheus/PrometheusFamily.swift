internal import Instruments

/// All series with the same name, which share one `# TYPE` line.
struct PrometheusFamily {
    enum Kind {
        case counter, gauge, histogram
        /// Neither a counter nor a gauge. A bridged metric may declare this.
        case unknown

        /// The word for the kind in the `# TYPE` line.
        func word(isOpenMetrics: Bool) -> StaticString {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            case .unknown: isOpenMetrics ? "unknown" : "untyped"
            }
        }
    }

    /// The part of a family that is a metric of one scope.
    struct Part {
        let scope: InstrumentationScope
        let data: MetricData
    }

    /// The name of the family in this format. In OpenMetrics it has no `_total`.
    let name: String
    let kind: Kind
    var help: String
    /// The unit that ends the name, or empty if the name has none.
    var unit: String
    var parts: [Part]
    /// Whether its metrics have different descriptions. The page can contain only one.
    var hasSeveralHelps = false

    /// All names of its samples, and of the family itself. No other family may have one of them.
    func names(isOpenMetrics: Bool) -> [String] {
        switch kind {
        case .gauge, .unknown: [name]
        case .counter:
            isOpenMetrics ? ["", PrometheusName.total, "_created"].map { name + $0 } : [name]
        case .histogram:
            ["", "_bucket", "_sum", "_count"].map { name + $0 }
                + (isOpenMetrics ? [name + "_created"] : [])
        }
    }
}

/// The families of a snapshot, sorted by name.
struct PrometheusFamilies {
    private(set) var sorted: [PrometheusFamily] = []
    /// What could not be shown, and why. There is one sentence for each metric.
    private(set) var problems: [String] = []

    private var families: [ExactText: PrometheusFamily] = [:]
    /// The names that are taken, each with the family that has it.
    private var owners: [ExactText: String] = [:]
    private let translation: PrometheusTranslation
    private let format: PrometheusFormat

    /// - Parameter reserved: names that no family may have.
    init(
        _ snapshot: MetricsSnapshot, _ translation: PrometheusTranslation,
        _ format: PrometheusFormat, reserved: [String]
    ) {
        self.translation = translation
        self.format = format
        for name in reserved { owners[ExactText(name)] = name }
        for scope in snapshot.scopes {
            for metric in scope.metrics where !metric.data.isEmpty { add(metric, scope.scope) }
        }
        sorted = families.keys.sorted().compactMap { families[$0] }
    }

    private mutating func add(_ metric: Metric, _ scope: InstrumentationScope) {
        let descriptor = metric.descriptor
        guard let kind = metric.prometheusKind else {
            return omit(metric, scope, "holds differences, and Prometheus needs totals")
        }
        let name = name(of: descriptor, kind, isGauge: metric.data.isGauge)
        guard !name.isEmpty else {
            return omit(metric, scope, "has a name of which Prometheus can take nothing")
        }
        let part = PrometheusFamily.Part(scope: scope, data: metric.data)
        if var family = families[ExactText(name)] {
            guard family.kind == kind else {
                return omit(
                    metric, scope, "would be the \(kind) \(name), which is a \(family.kind)")
            }
            if family.help.isEmpty { family.help = descriptor.description }
            let hasOtherHelp =
                !descriptor.description.isEmpty && descriptor.description != family.help
            if hasOtherHelp, !family.hasSeveralHelps {
                family.hasSeveralHelps = true
                problems.append(
                    "Metrics called \(name) have different descriptions; the first one is shown.")
            }
            family.parts.append(part)
            families[ExactText(name)] = family
            return
        }
        let unit = PrometheusUnit(descriptor.unit).suffix
        let family = PrometheusFamily(
            name: name, kind: kind, help: descriptor.description,
            unit: !unit.isEmpty && name.hasSuffix("_" + unit) ? unit : "", parts: [part])
        let taken = family.names(isOpenMetrics: format.isOpenMetrics)
        if let owner = taken.compactMap({ owners[ExactText($0)] }).first {
            return omit(metric, scope, "would be \(name), whose series \(owner) has already")
        }
        for each in taken { owners[ExactText(each)] = name }
        families[ExactText(name)] = family
    }

    private func name(
        of descriptor: MetricDescriptor, _ kind: PrometheusFamily.Kind, isGauge: Bool
    ) -> String {
        let isCounter = kind == .counter
        var name = PrometheusName.family(
            descriptor.name, unit: descriptor.unit, isMonotonicSum: isCounter, isGauge: isGauge,
            translation)
        guard !name.isEmpty else { return "" }
        let isBare = format.isOpenMetrics && !name.hasSuffix(PrometheusName.total)
        if isCounter, translation.addsSuffixes || isBare { name += PrometheusName.total }
        // The whole name is escaped, so that a client can undo that.
        name = format.escaping.escape(name, isMetric: true)
        if isCounter, format.isOpenMetrics, name.hasSuffix(PrometheusName.total) {
            // In OpenMetrics, only the names of samples have the suffix.
            name.removeLast(PrometheusName.total.count)
        }
        return name
    }

    private mutating func omit(
        _ metric: Metric, _ scope: InstrumentationScope, _ reason: String
    ) {
        problems.append("\(metric.descriptor.name) of \(scope.name) \(reason); it is left out.")
    }
}

extension Metric {
    /// Nil for data with delta temporality.
    fileprivate var prometheusKind: PrometheusFamily.Kind? {
        switch data {
        case .gauge: level
        case .sum(_, _, .delta), .histogram(_, _, .delta), .exponentialHistogram(_, .delta): nil
        case .sum(_, let isMonotonic, .cumulative): isMonotonic ? .counter : level
        case .histogram, .exponentialHistogram: .histogram
        }
    }

    /// The type that a bridged metric had in Prometheus (specification: Prometheus compatibility,
    /// *Gauges*). Infos and state sets are gauges in the older format, so they are gauges in both.
    private var level: PrometheusFamily.Kind {
        let isUnknown = descriptor.metadata.attributes.contains {
            $0.key == "prometheus.type" && $0.value == .string("unknown")
        }
        return isUnknown ? .unknown : .gauge
    }
}

extension MetricData {
    fileprivate var isGauge: Bool {
        if case .gauge = self { true } else { false }
    }
}
