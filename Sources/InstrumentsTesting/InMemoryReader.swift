public import Instruments

/// Reads a provider's instruments in tests: what a program has measured, without an exporter.
///
///     let reader = InMemoryReader()
///     let shop = Shop(meter: reader.provider.meter("shop"))
///     shop.order(from: "DE")
///     try reader.expect("shop.orders", ["country": "DE"], is: 1)
///
/// Every question collects anew; nothing is disturbed by it. Safe to use from any thread.
public final class InMemoryReader: Sendable {
    /// Where the code under test gets its meters from.
    public let provider: MeterProvider

    /// - Parameter provider: by default a new one without views, by the system's clock.
    public init(_ provider: MeterProvider = MeterProvider()) {
        self.provider = provider
    }

    /// Everything that the instruments hold now.
    public func collect() -> MetricsSnapshot { provider.collect() }

    /// The metric of this name, in whatever scope; nil while it has no data.
    public func metric(_ name: String) -> Metric? {
        for scope in collect().scopes {
            if let metric = scope.metrics.first(where: { $0.descriptor.name == name }) {
                return metric
            }
        }
        return nil
    }

    /// The value of a sum or a gauge at exactly these attributes; nil while it is silent.
    public func value(_ name: String, _ attributes: AttributeSet = .empty) -> Number? {
        switch metric(name)?.data {
        case .sum(let points, _, _), .gauge(let points):
            points.first { $0.attributes == attributes }?.value
        case .histogram, .exponentialHistogram, nil: nil
        }
    }

    /// The point of an explicit-bucket histogram at exactly these attributes; nil while it is silent.
    public func histogram(
        _ name: String, _ attributes: AttributeSet = .empty
    ) -> HistogramPoint? {
        guard case .histogram(let points, _, _) = metric(name)?.data else { return nil }
        return points.first { $0.attributes == attributes }
    }

    /// The point of an exponential histogram at exactly these attributes; nil while it is silent.
    public func exponentialHistogram(
        _ name: String, _ attributes: AttributeSet = .empty
    ) -> ExponentialHistogramPoint? {
        guard case .exponentialHistogram(let points, _) = metric(name)?.data else { return nil }
        return points.first { $0.attributes == attributes }
    }

    /// The attribute sets that a metric has data for, in the order of output.
    public func attributeSets(_ name: String) -> [AttributeSet] {
        switch metric(name)?.data {
        case .sum(let points, _, _), .gauge(let points): points.map(\.attributes)
        case .histogram(let points, _, _): points.map(\.attributes)
        case .exponentialHistogram(let points, _): points.map(\.attributes)
        case nil: []
        }
    }
}
