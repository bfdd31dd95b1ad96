internal import Instruments

/// The instruments of the wallet and proof RPC.
struct RequestInstruments: Sendable {
    typealias Request = AttributePair<RPCMethod, RPCResult>

    let latency: ClosedHistogram<Double, Request>
    let total: ClosedCounter<Int, Request>

    init(_ meter: Meter) {
        latency = meter.histogram(Catalogue.requestLatency, over: Request.self)
        total = meter.counter(Catalogue.requestTotal, over: Request.self)
        total.declareZero { $0.second == .serverError }
    }
}

extension RuntimeMetrics {
    /// A request was answered with this HTTP status; a handler that failed answers 500.
    public func recordRequest(method: RPCMethod, status: Int, duration: Duration) {
        let attributes = RequestInstruments.Request(method, RPCResult(status: status))
        requests.latency.record(duration.milliseconds, attributes)
        requests.total.add(1, attributes)
    }
}
