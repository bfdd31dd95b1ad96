/// One metric: what it is called, and its data points.
public struct Metric: Sendable, Equatable {
    public let descriptor: MetricDescriptor
    public let data: MetricData

    public init(descriptor: MetricDescriptor, data: MetricData) {
        self.descriptor = descriptor
        self.data = data
    }
}
