internal import Instruments
internal import OTelEmitter

/// The data point that is sent to see whether an endpoint takes data points.
enum Canary {
    static let name = "otelemitter.check"

    /// A request with nothing but the canary: a gauge with the value 1.
    static func request(_ resource: Resource, _ form: WireForm, at time: UInt64) -> [UInt8] {
        let metric = Metric(
            descriptor: MetricDescriptor(
                name: name, unit: "1", description: "Sent by otel-emit check."),
            data: .gauge([NumberPoint(attributes: .empty, start: time, value: .int(1))]))
        let scope = ScopeMetrics(scope: OwnMetric.scope, metrics: [metric])
        var encoder = RequestEncoder(form, limits: BatchLimits())
        var request: [UInt8] = []
        encoder.encode(MetricsSnapshot(resource: resource, time: time, scopes: [scope])) {
            bytes, _ in request = Array(bytes)
        }
        return request
    }
}
