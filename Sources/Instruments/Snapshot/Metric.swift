/// One metric: what it is called, and its data points.
public struct Metric: Sendable, Equatable {
    public let descriptor: MetricDescriptor
    public let data: MetricData
    /// What is known of its instrument. Not part of the data.
    let source: MetricSource

    public init(descriptor: MetricDescriptor, data: MetricData) {
        self.init(descriptor: descriptor, data: data, source: MetricSource())
    }

    init(descriptor: MetricDescriptor, data: MetricData, source: MetricSource) {
        self.descriptor = descriptor
        self.data = data
        self.source = source
    }

    /// What it was made of, or itself.
    var parts: [Metric] { source.parts.isEmpty ? [self] : source.parts }

    public static func == (left: Metric, right: Metric) -> Bool {
        left.descriptor == right.descriptor && left.data == right.data
    }
}
