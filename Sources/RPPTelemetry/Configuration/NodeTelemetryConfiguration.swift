internal import Instruments
public import OTelEmitter

/// The configuration of a node's telemetry, read from the environment: the options of the emitter
/// and of the worker (`Documentation/node-contract.md`, section 8).
///
///     let configuration = NodeTelemetryConfiguration(mode: .validator, version: "1.4.0")
///     let emitter = Emitter(configuration.emitter)
///
/// A variable of the node (`RPP_…`) takes precedence over the corresponding variable of
/// OpenTelemetry (`OTEL_…`). Values that can't be used are among the emitter's `problems`, and the
/// emitter reports them.
public struct NodeTelemetryConfiguration: Sendable {
    /// The emitter's options.
    public var emitter: EmitterConfiguration
    /// The worker's options; nil unless `RPP_TELEMETRY_ENDPOINT` is set. The certificates and the
    /// diagnostic handler are copied from the emitter's options when this configuration is made. To
    /// change them later, change them here as well.
    public var worker: TelemetryWorkerConfiguration?

    /// - Parameters:
    ///   - mode: the mode in which the node runs.
    ///   - version: the version of the node's software, `service.version`.
    ///   - environment: the values of the variables; by default those of the process.
    public init(
        mode: NodeMode, version: String,
        environment: [String: String] = NodeTelemetryConfiguration.processEnvironment()
    ) {
        emitter = EmitterConfiguration(environment: environment)
        var reader = NodeVariableReader(environment)
        // A variable that names an endpoint is decisive even if its value can't be used.
        if reader.text(.endpoint) != nil {
            emitter.endpoint = reader.endpoint(.endpoint)
            if emitter.endpoint == nil {
                emitter.refuseEndpoint(of: NodeVariable.endpoint.rawValue)
            }
        }
        if reader.text(.secondaryEndpoint) != nil {
            emitter.failoverEndpoint = reader.endpoint(.secondaryEndpoint)
        }
        if let header = reader.authorization(.token) {
            emitter.headers.removeAll { $0.name.lowercased() == "authorization" }
            emitter.headers.append(header)
        }
        emitter.timeout =
            reader.milliseconds(.timeout, in: 0...Int(Int32.max)) ?? emitter.timeout
        describe(mode, version, instance: reader.text(.instanceID))
        if let endpoint = reader.endpoint(.workerEndpoint) {
            var worker = TelemetryWorkerConfiguration(endpoint: endpoint)
            worker.interval =
                reader.milliseconds(.workerInterval, in: 1...Int(Int32.max)) ?? worker.interval
            worker.headers = [reader.authorization(.workerToken)].compactMap { $0 }
            worker.tls = emitter.tls
            worker.diagnosticHandler = emitter.diagnosticHandler
            self.worker = worker
        }
        emitter.hostProblems += reader.problems
    }

    /// The values of all variables that are read here, including those of OpenTelemetry.
    public static func processEnvironment() -> [String: String] {
        EmitterConfiguration.processEnvironment().merging(
            ProcessEnvironment.read(NodeVariable.allCases.map(\.rawValue))
        ) { first, _ in first }
    }

    /// Completes the resource. An attribute that the environment sets keeps its value, except the
    /// mode and the attribute that the node's own variable sets.
    private mutating func describe(_ mode: NodeMode, _ version: String, instance: String?) {
        let known = Set(
            emitter.effective.compactMap { option in
                if case .environment = option.source { option.name } else { nil }
            })
        var attributes: [Attribute] = []
        for (key, value) in [
            ("service.name", "rpp"), ("service.namespace", "rpp"), ("service.version", version),
        ] where !known.contains("resource." + key) {
            attributes.append(Attribute(key, .string(value)))
        }
        // The mode is one of four, whatever the environment says.
        attributes.append(Attribute("rpp.mode", .string(mode.rawValue)))
        if let instance { attributes.append(Attribute("service.instance.id", .string(instance))) }
        emitter.resource = emitter.resource.merging(Resource(AttributeSet(attributes)))
    }
}
