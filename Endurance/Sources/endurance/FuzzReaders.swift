import Instruments

/// Readers, their producers, filters and hooks, and a provider's end.
enum FuzzReaders {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "MetricReader.init", "MetricReader.collect", "MetricData.kind"
        ) { world, extremes in
            read(world.provider, &extremes)
        },
        FuzzEntry(
            "MeterProvider.flush", "MeterProvider.shutdown", "MeterProvider.cardinalityOverflows"
        ) { _, extremes in
            end(FuzzProvider.make(&extremes), &extremes)
        },
        FuzzEntry("MeterProvider.global", "WallClock.uptime") { world, extremes in
            MeterProvider.global.meter(extremes.text()).counter(extremes.text()).add(1)
            MeterProvider.global = world.provider
            MeterProvider.global.meter(extremes.text()).counter(extremes.text()).add(1)
            Sink.take(Int(truncatingIfNeeded: WallClock.uptime()))
        },
    ]

    /// Producers of strange metrics, one of which collects what it is a part of.
    private static func read(_ provider: MeterProvider, _ extremes: inout Extremes) {
        let produced: [ScopeMetrics] = extremes.list(upTo: 3) { extremes in
            let metrics: [Metric] = extremes.list(upTo: 3) { FuzzSnapshots.metric(&$0) }
            return ScopeMetrics(
                scope: InstrumentationScope(name: extremes.text()), metrics: metrics)
        }
        let isKept = extremes.oneIn(2)
        let filter: MetricFilter = { _, _, _ in isKept }
        let inner: MetricProducer = { [weak provider] in provider?.collect().scopes ?? [] }
        let reader = MetricReader(
            of: provider, producers: [{ produced }, inner],
            filter: extremes.oneIn(2) ? filter : nil)
        let snapshot = reader.collect()
        Sink.take(reader.collect().delta(since: snapshot).pointCount)
        for metric in snapshot.scopes.flatMap(\.metrics) {
            Sink.take(metric.data.kind == .sum ? 1 : 0)
        }
    }

    /// Hooks that call their own provider, and what comes after the end.
    private static func end(_ provider: MeterProvider, _ extremes: inout Extremes) {
        let answer = extremes.oneIn(2)
        let flush: MetricReader.Hook = { [weak provider] limit in
            provider?.flush(timeout: limit) == true || answer
        }
        let shutdown: MetricReader.Hook = { [weak provider] limit in
            provider?.shutdown(timeout: limit) == true || answer
        }
        let reader = MetricReader(of: provider, flush: flush, shutdown: shutdown)
        let counter = provider.meter(extremes.text()).counter(extremes.text())
        for index in Int64(0)..<12 { counter.add(1, ["index": .int(index)]) }
        Sink.take(reader.collect().pointCount)
        Sink.take(provider.cardinalityOverflows.reduce(0) { $0 &+ $1.refusedSets })
        Sink.take(provider.flush(timeout: extremes.duration()) ? 1 : 0)
        Sink.take(provider.shutdown(timeout: extremes.duration()) ? 1 : 0)
        Sink.take(provider.shutdown(timeout: extremes.duration()) ? 1 : 0)
        provider.meter(extremes.text()).counter(extremes.text()).add(extremes.int())
        counter.add(extremes.int())
        Sink.take(reader.collect().pointCount)
    }
}
