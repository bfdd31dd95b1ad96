/// What a database holds of the nodes now: values by series, without the labels that tell where
/// they are from.
struct Figures {
    /// A series as the node measures it.
    struct Series: Hashable, CustomStringConvertible {
        let name: String
        let instance: String
        /// Those of the data point.
        let labels: [String: String]

        var description: String {
            let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
            return "\(name){\(pairs.joined(separator: ","))} of \(instance)"
        }
    }

    /// Labels of the resource and of the scope.
    static let origin: Set = [
        "__name__", "job", "instance", "otel_scope_name", "otel_scope_version",
        "scope_name", "scope_version", "service_name", "service_namespace", "service_instance_id",
        "service_version", "rpp_mode", "deployment_environment_name", "telemetry_sdk_name",
        "telemetry_sdk_language", "telemetry_sdk_version",
    ]

    private(set) var values: [Series: Double] = [:]
    /// Series that are there twice.
    private(set) var doubles: [Series] = []

    /// - Parameter names: a regular expression.
    init(_ api: QueryAPI, named names: String) throws {
        self.init(try api.query("{__name__=~\"\(names)\"}"))
    }

    init(_ samples: [QueryAPI.Sample]) {
        for sample in samples {
            var labels = sample.labels.filter { !Self.origin.contains($0.key) }
            // Written 1 by one and 1.0 by the other.
            if let bound = labels["le"].flatMap(Double.init) { labels["le"] = "\(bound)" }
            let instance = sample.labels["instance"] ?? sample.labels["service_instance_id"] ?? ""
            // What a node that is gone leaves behind ends at different times.
            if instance == "departed" { continue }
            let series = Series(
                name: sample.labels["__name__"] ?? "", instance: instance, labels: labels)
            if values.updateValue(sample.value, forKey: series) != nil { doubles.append(series) }
        }
    }

    var names: Set<String> { Set(values.keys.map(\.name)) }

    /// The part of a value that VictoriaMetrics may change: it stores decimal numbers.
    static let decimalTolerance = 1e-12

    /// Series that differ or that one of them lacks.
    ///
    /// - Parameter tolerance: the part of a value that does not matter.
    func differences(from other: Figures, tolerance: Double = 0) -> [String] {
        Set(values.keys).union(other.values.keys).compactMap { series in
            let (here, there) = (values[series], other.values[series])
            if let here, let there, abs(here - there) <= tolerance * abs(here) { return nil }
            let texts = [here, there].map { $0.map { "\($0)" } ?? "none" }
            return "\(series): \(texts[0]), \(texts[1])"
        }.sorted()
    }
}
