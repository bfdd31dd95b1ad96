internal import Instruments
public import OTelEmitter

/// How a node's telemetry is configured: the emitter's options and the worker's, from the
/// environment (contract, section 8).
///
///     let configuration = NodeTelemetryConfiguration(mode: .validator, version: "1.4.0")
///     let emitter = Emitter(configuration.emitter)
///
/// A variable of the node (`RPP_…`) beats its twin of OpenTelemetry (`OTEL_…`). What can't be used
/// is among the emitter's `problems`, and told by it.
public struct NodeTelemetryConfiguration: Sendable {
    /// The emitter's options.
    public var emitter: EmitterConfiguration
    /// The worker's options; nil unless `RPP_TELEMETRY_ENDPOINT` is set. Certificates and handler
    /// are those that the emitter has when this is made: change them here, too.
    public var worker: TelemetryWorkerConfiguration?

    /// - Parameters:
    ///   - mode: what the node is run as.
    ///   - version: of the node's software: `service.version`.
    ///   - environment: values by variable; by default those of the process.
    public init(
        mode: NodeMode, version: String,
        environment: [String: String] = NodeTelemetryConfiguration.processEnvironment()
    ) {
        emitter = EmitterConfiguration(environment: environment)
        var reader = NodeVariableReader(environment)
        // A variable that names an endpoint decides, even if that can't be used.
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

    /// The values of all variables that are read here, of OpenTelemetry's too.
    public static func processEnvironment() -> [String: String] {
        EmitterConfiguration.processEnvironment().merging(
            ProcessEnvironment.read(NodeVariable.allCases.map(\.rawValue))
        ) { first, _ in first }
    }

    /// The resource: what the environment says of an attribute stays, but for the mode and for
    /// what the node's own variable says.
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
        // One of four, whatever the environment says.
        attributes.append(Attribute("rpp.mode", .string(mode.rawValue)))
        if let instance { attributes.append(Attribute("service.instance.id", .string(instance))) }
        emitter.resource = emitter.resource.merging(Resource(AttributeSet(attributes)))
    }
}
