/// One metric: what it is called, and its data points.
public struct Metric: Sendable, Equatable {
    /// Name, unit and description.
    public let descriptor: MetricDescriptor
    /// The data points.
    public let data: MetricData

    /// Makes a metric that no instrument stands behind.
    public init(descriptor: MetricDescriptor, data: MetricData) {
        self.descriptor = descriptor
        self.data = data
    }
}
