/// Name, unit and description of a metric, as receivers see them, and what else is known of it.
public struct MetricDescriptor: Sendable, Equatable {
    /// The name, in the casing of its first registration.
    public let name: String
    /// The unit in UCUM; empty if there is none.
    public let unit: String
    /// What is measured, for people to read; may be empty.
    public let description: String
    /// What a translator from another format keeps of its origin. Instruments have none.
    public let metadata: AttributeSet
    private let kept = Rendering()

    /// Makes a descriptor; nothing of it is checked.
    public init(
        name: String, unit: String = "", description: String = "", metadata: AttributeSet = .empty
    ) {
        self.name = name
        self.unit = unit
        self.description = description
        self.metadata = metadata
    }

    /// What an encoder made of this descriptor and kept with it, in the format of this key.
    package func rendering(_ key: UInt8) -> RenderedBytes? { kept.slot.load(key) }

    /// Keeps `bytes` unless the descriptor has some; answers those to use (`RenderingSlot`).
    package func keepRendering(_ bytes: RenderedBytes) -> RenderedBytes {
        kept.slot.storeIfNil(bytes)
    }

    public static func == (left: MetricDescriptor, right: MetricDescriptor) -> Bool {
        left.name == right.name && left.unit == right.unit
            && left.description == right.description && left.metadata == right.metadata
    }

    private final class Rendering: Sendable {
        let slot = RenderingSlot()
    }
}
