/// Collects a provider's instruments for one consumer: an exporter, a test, a page of figures.
///
///     let reader = MetricReader(of: provider)
///     let snapshot = reader.collect()
///
/// Any number of readers collect side by side. Callbacks run for each collection; what they
/// observe, the starts of the series that they observe and the reader's previous time are its own.
/// The cells of the other instruments are shared: they are read and never reset, and a series
/// starts for all readers with its first measurement.
///
/// A reader holds its provider; the provider knows its readers only as long as somebody else holds
/// them. Safe to use from any thread. Specification: metrics SDK, *MetricReader*.
public final class MetricReader: Sendable {
    /// What a reader does when its provider is flushed or shut down, within the duration that it
    /// is given. Answers whether it succeeded. Runs on a thread apart.
    public typealias Hook = @Sendable (Duration) -> Bool

    /// Whose instruments it collects.
    public let provider: MeterProvider
    let flush: Hook?
    let shutdown: Hook?
    private let producers: [MetricProducer]
    private let filter: MetricFilter?
    private let memory = ReaderMemory()
    private let producing = ThreadsInside()
    private let filtering = ThreadsInside()

    /// - Parameters:
    ///   - provider: whose instruments are collected; a reader belongs to one provider for ever.
    ///   - producers: metrics from elsewhere, asked in each collection.
    ///   - filter: which metrics are kept, producers' too; nil: all.
    ///   - flush: called by `MeterProvider.flush`.
    ///   - shutdown: called by `MeterProvider.shutdown`, once at most. Neither closure should hold
    ///     this reader, or it lives for ever.
    public init(
        of provider: MeterProvider, producers: [MetricProducer] = [],
        filter: MetricFilter? = nil, flush: Hook? = nil, shutdown: Hook? = nil
    ) {
        self.provider = provider
        self.producers = producers
        self.filter = filter
        self.flush = flush
        self.shutdown = shutdown
        provider.readers.add(self)
    }

    /// Runs the callbacks, reads all instruments and asks the producers, now.
    ///
    /// What `MeterProvider.collect` says holds here as well. Works on after a shutdown.
    public func collect() -> MetricsSnapshot { collection().snapshot }

    /// A snapshot as `collect` makes it, with what exact differences need beside it.
    ///
    /// - Parameter patience: the longest that it waits for all callbacks together, beside the limit
    ///   of each; nil: as long as that lets it. Those that have no time left are not run.
    package func collection(waitingForCallbacks patience: Duration? = nil) -> MetricsCollection {
        provider.collector.collect(for: memory, patience: patience) { [self] scopes in
            let produced = producing.run { producers.flatMap { $0() } } ?? []
            let all = scopes.joined(with: produced)
            guard let filter else { return all }
            return filtering.run { all.kept(by: filter) } ?? all
        }
    }
}
