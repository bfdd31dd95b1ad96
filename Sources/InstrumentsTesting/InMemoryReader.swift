public import Instruments
internal import Synchronization

/// Reads a provider's instruments in tests: what a program has measured, without an exporter.
///
///     let reader = InMemoryReader()
///     let shop = Shop(meter: reader.provider.meter("shop"))
///     shop.order(from: "DE")
///     try reader.expect("shop.orders", ["country": "DE"], is: 1)
///
/// Every question collects anew; nothing is disturbed by it. With a temporality other than
/// cumulative a question tells what the next `collect` would give, and only `collect` ends an
/// interval. Safe to use from any thread.
public final class InMemoryReader: Sendable {
    /// Where the code under test gets its meters from.
    public let provider: MeterProvider

    private let reader: MetricReader
    private let temporality: TemporalityPreference
    /// Where the interval began that `collect` ends next.
    private let previous = Mutex<MetricsCollection?>(nil)

    /// - Parameters:
    ///   - provider: by default a new one without views, by the system's clock.
    ///   - temporality: which metrics are given as differences to the `collect` before.
    public init(
        _ provider: MeterProvider = MeterProvider(),
        temporality: TemporalityPreference = .cumulative
    ) {
        self.provider = provider
        self.temporality = temporality
        reader = MetricReader(of: provider)
    }

    /// Everything that the instruments hold now, as an exporter of this reader's temporality would
    /// get it: cumulative, or what came since the last call.
    public func collect() -> MetricsSnapshot {
        while true {
            let read = reader.collection()
            var since: MetricsCollection?
            let isNext = previous.withLock { previous in
                // Of two calls at once the later snapshot may have come first.
                if let previous, previous.snapshot.time >= read.snapshot.time { return false }
                since = previous
                previous = read
                return true
            }
            if isNext { return read.delta(since: since, preference: temporality) }
        }
    }

    /// What `collect` would give, without ending the interval.
    private func peek() -> MetricsSnapshot {
        let since = previous.withLock { $0 }
        return reader.collection().delta(since: since, preference: temporality)
    }

    /// The metric of this name, in whatever scope; nil while it has no data.
    public func metric(_ name: String) -> Metric? {
        for scope in peek().scopes {
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

    /// The point of an explicit-bucket histogram at exactly these attributes; nil while it is
    /// silent.
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
