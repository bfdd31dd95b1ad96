public import RPPTelemetry

/// Wraps every handler and records the status of each request, 500 for a handler that throws.
public func answering(
    _ method: RPCMethod, _ metrics: RuntimeMetrics, handle: () throws -> Int
) -> Int {
    let start = ContinuousClock.now
    let status = (try? handle()) ?? 500
    metrics.recordRequest(method: method, status: status, duration: .now - start)
    return status
}
