internal import Instruments
internal import JSONText

/// The labels of a page's series: `a="x",b="y"`, sorted by name (specification: Prometheus
/// compatibility, *Metric Attributes* and *Instrumentation Scope*).
struct PrometheusLabels {
    private let translation: PrometheusTranslation
    private let escaping: PrometheusEscaping
    /// Names that were translated already, by key: a page has few keys and many points.
    private var names: [String: String] = [:]

    /// What Prometheus calls a label of the source whose name the receiving side needs.
    static let exportedPrefix = "exported_"
    static let bound = "le"
    /// Characters of an exemplar's names and values together.
    static let exemplarLimit = 128

    init(_ translation: PrometheusTranslation, _ escaping: PrometheusEscaping) {
        self.translation = translation
        self.escaping = escaping
    }

    /// A label before keys that become one name are joined.
    struct Label {
        let key: String
        let name: String
        let value: String
    }

    /// What all points of a scope have.
    mutating func labels(of scope: InstrumentationScope) -> [Label] {
        let prefix = "otel_scope_"
        let own = [
            ("name", scope.name), ("version", scope.version), ("schema_url", scope.schemaURL),
        ]
        var labels = own.filter { !$0.1.isEmpty }.map {
            Label(key: prefix + $0.0, name: prefix + $0.0, value: $0.1)
        }
        let reserved = Set(own.map { prefix + $0.0 })
        for attribute in scope.attributes.attributes {
            let name = escaped(PrometheusName.label(prefix + attribute.key, translation))
            guard !reserved.contains(name) else { continue }
            labels.append(
                Label(key: prefix + attribute.key, name: name, value: attribute.value.plainText))
        }
        return labels
    }

    /// The labels of a point as text, without the braces; empty if there are none.
    ///
    /// - Parameter isHistogram: whether the series get a label `le`; an attribute of that name is
    ///   called `exported_le` then.
    mutating func text(
        of attributes: AttributeSet, _ scope: [Label] = [], isHistogram: Bool = false
    ) -> [UInt8] {
        var labels = scope
        for attribute in attributes.attributes {
            var name = self.name(of: attribute.key)
            if isHistogram, name == Self.bound { name = Self.exportedPrefix + name }
            labels.append(
                Label(key: attribute.key, name: name, value: attribute.value.plainText))
        }
        labels.sort { ($0.name, $0.key) < ($1.name, $1.key) }
        var text = ByteBuffer(capacity: 256)
        var index = 0
        while index < labels.count {
            let name = labels[index].name
            var value = labels[index].value
            index += 1
            while index < labels.count, labels[index].name == name {
                value += ";" + labels[index].value
                index += 1
            }
            // To Prometheus, an empty label is none.
            guard !value.isEmpty else { continue }
            if text.count > 0 { text.append(",") }
            text.append(label: name, value)
        }
        return text.bytes()
    }

    /// The labels of an exemplar: its trace, and of its other attributes those that fit (OpenMetrics:
    /// *Exemplars*).
    mutating func text(of exemplar: Exemplar) -> [UInt8] {
        var text = ByteBuffer(capacity: 160)
        var room = Self.exemplarLimit
        var labels: [Label] = []
        if let context = exemplar.context {
            let trace = context.traceID.high.hexadecimal + context.traceID.low.hexadecimal
            labels = [
                Label(key: "", name: "trace_id", value: trace),
                Label(key: "", name: "span_id", value: context.spanID.hexadecimal),
            ]
        }
        let own = Set(labels.map(\.name))
        labels += exemplar.filteredAttributes.attributes.compactMap {
            let name = self.name(of: $0.key)
            return own.contains(name) ? nil : Label(key: "", name: name, value: $0.value.plainText)
        }
        var shown: Set<String> = []
        for label in labels where !shown.contains(label.name) {
            let size = label.name.unicodeScalars.count + label.value.unicodeScalars.count
            guard size <= room else { continue }
            room -= size
            shown.insert(label.name)
            if text.count > 0 { text.append(",") }
            text.append(label: label.name, label.value)
        }
        return text.bytes()
    }

    private mutating func name(of key: String) -> String {
        if let known = names[key] { return known }
        let name = escaped(PrometheusName.label(key, translation))
        names[key] = name
        return name
    }

    private func escaped(_ name: String) -> String { escaping.escape(name, isMetric: false) }
}

extension UInt64 {
    /// Sixteen digits.
    fileprivate var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
