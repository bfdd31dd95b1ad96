/// Name, unit and description of a metric, as receivers see them.
public struct MetricDescriptor: Sendable, Equatable {
    public let name: String
    public let unit: String
    public let description: String
    private let kept = Rendering()

    public init(name: String, unit: String = "", description: String = "") {
        self.name = name
        self.unit = unit
        self.description = description
    }

    /// A place for bytes that an encoder made of this descriptor and wants to find again.
    package var rendering: RenderedBytes? { kept.slot.load() }

    /// Keeps `bytes` unless another thread was faster; answers what is kept.
    package func keepRendering(_ bytes: RenderedBytes) -> RenderedBytes {
        kept.slot.storeIfNil(bytes)
    }

    public static func == (left: MetricDescriptor, right: MetricDescriptor) -> Bool {
        left.name == right.name && left.unit == right.unit
            && left.description == right.description
    }

    private final class Rendering: Sendable {
        let slot = RenderingSlot()
    }
}
