internal import Synchronization

/// One observable instrument: what identifies it, and the streams that its observations go to.
///
/// Observations live in the collection that asked for them, not in cells; each reader remembers the
/// start times of the series.
final class ObservableStorage: Sendable {
    let descriptor: InstrumentDescriptor
    let streams: [ObservableStream]
    /// When the instrument was made, in nanoseconds since 1970.
    let creation: UInt64
    private let dropped = Atomic<UInt64>(0)

    init(_ descriptor: InstrumentDescriptor, streams: [ObservableStream], clock: ProviderClock) {
        self.descriptor = descriptor
        self.streams = streams
        creation = clock.now()
    }

    /// Instruments that are sums take finite values; a counter's are not negative.
    func accepts(_ value: Number) -> Bool {
        if descriptor.kind == .observableGauge { return true }
        let number = value.asDouble
        return number.isFinite && (descriptor.kind.takesNegative || number >= 0)
    }

    /// Whether observations are kept at all.
    var isEnabled: Bool { !streams.isEmpty }

    func drop() {
        if isEnabled { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    var droppedMeasurements: UInt64 { dropped.load(ordering: .relaxed) }
}
