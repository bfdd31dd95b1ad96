public import RPPTelemetry

/// Around every handler: a status for each request, 500 for one that throws.
public func answering(
    _ method: RPCMethod, _ metrics: RuntimeMetrics, handle: () throws -> Int
) -> Int {
    let start = ContinuousClock.now
    let status = (try? handle()) ?? 500
    metrics.recordRequest(method: method, status: status, duration: .now - start)
    return status
}
