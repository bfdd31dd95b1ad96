internal import Instruments
internal import JSONText

/// The labels of the series on a page: `a="x",b="y"`, sorted by name (specification: Prometheus
/// compatibility, *Metric Attributes* and *Instrumentation Scope*).
struct PrometheusLabels: ~Copyable {
    /// The result of the last `write`, without the braces. Empty if there are no labels.
    private(set) var text = ByteBuffer(capacity: 256)

    private let translation: PrometheusTranslation
    private let escaping: PrometheusEscaping
    /// The translated names by key. A page has few keys and many points.
    private var names: [ExactText: ExactText] = [:]
    /// The scope of the current points, and the labels that all of them have because of it.
    private var scope: InstrumentationScope?
    private var common: [Label] = []
    private var isHistogram = false
    /// The plans for the keys of the points so far, the latest last.
    private var plans: [PrometheusLabelPlan] = []
    private var attributes: [AttributeInPlace] = []

    private static let bound = ExactText("le")
    /// Prometheus' name for a label whose own name is reserved.
    private static let exportedBound = ExactText("exported_le")
    /// If points have more sets of keys than this, the rest are written without plans.
    private static let planLimit = 16
    /// The number of characters that the names and values of an exemplar may have together.
    static let exemplarLimit = 128

    init(_ translation: PrometheusTranslation, _ escaping: PrometheusEscaping) {
        self.translation = translation
        self.escaping = escaping
    }

    /// A label. Keys that become the same name are not joined yet.
    struct Label {
        let key: ExactText
        let name: ExactText
        let value: String
        /// The position of the attribute in its point. Nil for a label of the scope.
        let place: Int?

        init(_ key: String, _ name: ExactText, _ value: String, place: Int? = nil) {
            self.key = ExactText(key)
            self.name = name
            self.value = value
            self.place = place
        }
    }

    /// The labels that all points of a scope have.
    private func labels(of scope: InstrumentationScope) -> [Label] {
        let prefix = "otel_scope_"
        let own = [
            ("name", scope.name), ("version", scope.version), ("schema_url", scope.schemaURL),
        ]
        var labels = own.filter { !$0.1.isEmpty }.map {
            Label(prefix + $0.0, ExactText(prefix + $0.0), $0.1)
        }
        let reserved = Set(own.map { ExactText(prefix + $0.0) })
        for attribute in scope.attributes.attributes {
            let plain = PrometheusName.label(prefix + attribute.key, translation)
            let name = escaped(plain)
            guard !reserved.contains(name), !reserved.contains(ExactText(plain)) else { continue }
            labels.append(Label(prefix + attribute.key, name, attribute.value.plainText))
        }
        return labels
    }

    /// Prepares for other points.
    ///
    /// - Parameters:
    ///   - scope: the scope of all these points, or nil if it is not shown.
    ///   - isHistogram: whether the series get a label `le`. An attribute of that name is then
    ///     called `exported_le`.
    mutating func begin(_ scope: InstrumentationScope? = nil, isHistogram: Bool = false) {
        // Most metrics of a page have the same scope and keys as the metric before.
        let goesOn =
            self.isHistogram == isHistogram && plans.count < Self.planLimit
            && Self.isSame(self.scope, scope)
        guard !goesOn else { return }
        self.scope = scope
        self.isHistogram = isHistogram
        common = scope.map { labels(of: $0) } ?? []
        plans.removeAll()
    }

    /// Whether two scopes certainly have the same labels, compared byte by byte.
    private static func isSame(
        _ left: InstrumentationScope?, _ right: InstrumentationScope?
    ) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.attributes.isEmpty && right.attributes.isEmpty
            && ExactText(left.name) == ExactText(right.name)
            && ExactText(left.version) == ExactText(right.version)
            && ExactText(left.schemaURL) == ExactText(right.schemaURL)
    }

    /// Writes the labels of a point into `text`.
    mutating func write(_ set: AttributeSet) {
        defer { withExtendedLifetime(set) {} }
        set.readInPlace(into: &attributes)
        text.removeAll()
        if let plan = plans.last(where: { $0.suits(attributes) }) {
            if plan.write(attributes, to: &text) { return }
        } else if plans.count < Self.planLimit {
            let plan = plan(for: set)
            plans.append(plan)
            if plan.write(attributes, to: &text) { return }
        }
        text.removeAll()
        writeJoined(labels(of: set))
    }

    private mutating func plan(for set: AttributeSet) -> PrometheusLabelPlan {
        let keys = attributes.map { Array($0.key) }
        let all = labels(of: set)
        guard zip(all, all.dropFirst()).allSatisfy({ $0.name != $1.name }) else {
            return PrometheusLabelPlan(keys, nil)
        }
        let shown = all.filter { $0.place != nil || !$0.value.isEmpty }
        return PrometheusLabelPlan(
            keys,
            shown.map { label in
                .init(
                    name: label.name.text,
                    value: label.place.map { .attribute($0) } ?? .fixed(label.value))
            })
    }

    /// The labels of a point, sorted by name and then by key.
    private mutating func labels(of set: AttributeSet) -> [Label] {
        var labels = common
        for (place, attribute) in set.attributes.enumerated() {
            var name = self.name(of: attribute.key)
            if isHistogram, name == Self.bound { name = Self.exportedBound }
            labels.append(Label(attribute.key, name, attribute.value.plainText, place: place))
        }
        labels.sort { ($0.name, $0.key) < ($1.name, $1.key) }
        return labels
    }

    /// Writes labels of which several may have the same name. The values of those are joined.
    private mutating func writeJoined(_ labels: [Label]) {
        var index = 0
        while index < labels.count {
            let name = labels[index].name
            var value = labels[index].value
            index += 1
            while index < labels.count, labels[index].name == name {
                value += ";" + labels[index].value
                index += 1
            }
            // For Prometheus, a label with an empty value does not exist.
            guard !value.isEmpty else { continue }
            if text.count > 0 { text.append(",") }
            text.append(label: name.text, value)
        }
    }

    /// The labels of an exemplar: its trace context, and as many of its filtered attributes as fit
    /// (OpenMetrics: *Exemplars*).
    mutating func text(of exemplar: Exemplar) -> [UInt8] {
        var text = ByteBuffer(capacity: 160)
        var room = Self.exemplarLimit
        var labels: [Label] = []
        if let context = exemplar.context {
            labels = [
                Label(
                    "", ExactText("trace_id"),
                    Self.digits(of: context.traceID.high, context.traceID.low)),
                Label("", ExactText("span_id"), Self.digits(of: context.spanID)),
            ]
        }
        let own = Set(labels.map(\.name))
        labels += exemplar.filteredAttributes.attributes.compactMap {
            let name = self.name(of: $0.key)
            return own.contains(name) ? nil : Label("", name, $0.value.plainText)
        }
        var shown: Set<ExactText> = []
        for label in labels where !label.value.isEmpty && !shown.contains(label.name) {
            let size = label.name.text.unicodeScalars.count + label.value.unicodeScalars.count
            guard size <= room else { continue }
            room -= size
            shown.insert(label.name)
            if text.count > 0 { text.append(",") }
            text.append(label: label.name.text, label.value)
        }
        return text.bytes()
    }

    /// Sixteen hexadecimal digits for each part.
    private static func digits(of parts: UInt64...) -> String {
        var text = ByteBuffer(capacity: 64)
        for part in parts { text.append(hexadecimal: part) }
        return String(decoding: text.bytes(), as: UTF8.self)
    }

    private mutating func name(of key: String) -> ExactText {
        if let known = names[ExactText(key)] { return known }
        let name = escaped(PrometheusName.label(key, translation))
        names[ExactText(key)] = name
        return name
    }

    private func escaped(_ name: String) -> ExactText {
        ExactText(escaping.escape(label: name))
    }
}
