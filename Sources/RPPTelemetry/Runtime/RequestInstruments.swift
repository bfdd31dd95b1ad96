internal import Instruments

/// The instruments of the wallet and proof RPC.
struct RequestInstruments: Sendable {
    let latency: ClosedHistogram<Double, Catalogue.Request>
    let total: ClosedCounter<Int, Catalogue.Request>

    init(_ meter: Meter) {
        latency = meter.make(Catalogue.requestLatency)
        total = meter.make(Catalogue.requestTotal)
        total.declareZero { $0.second == .serverError }
    }
}

extension RuntimeMetrics {
    /// Records that a request was answered with an HTTP status. A handler that failed counts as
    /// 500.
    public func recordRequest(method: RPCMethod, status: Int, duration: Duration) {
        let attributes = Catalogue.Request(method, RPCResult(status: status))
        requests.latency.record(duration.milliseconds, attributes)
        requests.total.add(1, attributes)
    }
}
