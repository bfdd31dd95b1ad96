public import OTelEmitter
public import RPPTelemetry

/// A node's telemetry from the start of the process to its end.
public struct NodeProcess: Sendable {
    public let emitter: Emitter
    public let telemetry: NodeTelemetry
    public let worker: TelemetryWorker?

    public init(_ configuration: NodeTelemetryConfiguration, identity: String, hasNetwork: Bool) {
        emitter = Emitter(configuration.emitter)
        telemetry = NodeTelemetry(
            provider: emitter.meterProvider, nodeID: identity, hasNetwork: hasNetwork)
        let telemetry = telemetry
        worker = configuration.worker.map { TelemetryWorker(telemetry, $0) }
    }

    /// Stops the worker first, so that its count is in the emitter's last export.
    public func stop() -> DeliveryReport {
        worker?.shutdown()
        return emitter.shutdown()
    }
}
