internal import Synchronization

/// Name, unit and description of a metric, as receivers see them.
public struct MetricDescriptor: Sendable, Equatable {
    public let name: String
    public let unit: String
    public let description: String
    private let slot = RenderingSlot()

    public init(name: String, unit: String = "", description: String = "") {
        self.name = name
        self.unit = unit
        self.description = description
    }

    /// A place for bytes that an encoder made of this descriptor and wants to find again.
    package var rendering: RenderedBytes? { slot.bytes.load() }

    /// Keeps `bytes` unless another thread was faster; answers what is kept.
    package func keepRendering(_ bytes: RenderedBytes) -> RenderedBytes {
        slot.bytes.storeIfNil(bytes)
    }

    public static func == (left: MetricDescriptor, right: MetricDescriptor) -> Bool {
        left.name == right.name && left.unit == right.unit
            && left.description == right.description
    }

    private final class RenderingSlot: Sendable {
        // SAFETY: the slot is atomic, and what it holds is written before it is published and read
        // only afterwards.
        nonisolated(unsafe) let bytes = AtomicLazyReference<RenderedBytes>()
    }
}
