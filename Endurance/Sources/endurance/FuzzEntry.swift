import Instruments

/// Some public entries of Instruments, called once with values out of the ordinary.
struct FuzzEntry: Sendable {
    /// Each as `Type.member`; RepositoryTests hold that no public declaration is missing.
    let covers: [String]
    let call: @Sendable (FuzzWorld, inout Extremes) -> Void

    init(
        _ covers: String..., call: @escaping @Sendable (FuzzWorld, inout Extremes) -> Void
    ) {
        self.covers = covers
        self.call = call
    }
}

/// A provider of absurd settings, and what was made of it so far.
final class FuzzWorld {
    let provider: MeterProvider
    let meter: Meter
    var registrations: [CallbackRegistration] = []
    var snapshots: [MetricsSnapshot] = []

    init(_ extremes: inout Extremes) {
        provider = FuzzProvider.make(&extremes)
        meter = provider.meter(
            extremes.text(), version: extremes.text(), schemaURL: extremes.text(),
            attributes: extremes.set())
    }

    /// Collects, and keeps the last few snapshots.
    func collect() -> MetricsSnapshot {
        let snapshot = provider.collect()
        snapshots = Array(snapshots.suffix(3)) + [snapshot]
        return snapshot
    }
}
