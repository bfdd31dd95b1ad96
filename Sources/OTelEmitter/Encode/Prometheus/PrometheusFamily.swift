internal import Instruments

/// All series of one name: what stands below one `# TYPE`.
struct PrometheusFamily {
    enum Kind {
        case counter, gauge, histogram
        /// Neither counter nor gauge, as a bridged metric may say of itself.
        case unknown

        /// What `# TYPE` calls it.
        func word(isOpenMetrics: Bool) -> StaticString {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            case .unknown: isOpenMetrics ? "unknown" : "untyped"
            }
        }
    }

    /// Metrics of one scope in the family.
    struct Part {
        let scope: InstrumentationScope
        let data: MetricData
    }

    /// The name by which the format calls the family: without `_total` in OpenMetrics.
    let name: String
    let kind: Kind
    var help: String
    /// The unit that the name ends with; empty if it ends with none.
    var unit: String
    var parts: [Part]
    /// Whether its metrics differ in their descriptions, of which the page can have one.
    var hasSeveralHelps = false

    /// All names that its samples and the family itself take; no other family may have them.
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
    /// What could not be shown, and why: a sentence for each metric.
    private(set) var problems: [String] = []

    private var families: [ExactText: PrometheusFamily] = [:]
    /// Names that are taken, each by a family.
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
        // The whole name, so that a client can undo it.
        name = format.escaping.escape(name, isMetric: true)
        if isCounter, format.isOpenMetrics, name.hasSuffix(PrometheusName.total) {
            // The format wants it behind the samples' names only.
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
    /// Nil for differences.
    fileprivate var prometheusKind: PrometheusFamily.Kind? {
        switch data {
        case .gauge: level
        case .sum(_, _, .delta), .histogram(_, _, .delta), .exponentialHistogram(_, .delta): nil
        case .sum(_, let isMonotonic, .cumulative): isMonotonic ? .counter : level
        case .histogram, .exponentialHistogram: .histogram
        }
    }

    /// What bridged metrics were in Prometheus (specification: Prometheus compatibility, *Gauges*);
    /// infos and sets of states are gauges in the older format, and are in both.
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
