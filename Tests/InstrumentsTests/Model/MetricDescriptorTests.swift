import Testing

@testable import Instruments

@Suite struct MetricDescriptorTests {
    @Test func theRenderingIsWrittenOnceAndDoesNotCount() {
        let descriptor = MetricDescriptor(name: "n", unit: "u", description: "d")
        #expect(descriptor.rendering(7) == nil)
        let first = [1].withUnsafeBytes { RenderedBytes.copying($0, 7) }
        #expect(descriptor.keepRendering(first) === first)
        let second = [2].withUnsafeBytes { RenderedBytes.copying($0, 7) }
        #expect(descriptor.keepRendering(second) === first)
        #expect(descriptor.rendering(7) === first)
        #expect(descriptor.rendering(8) == nil)
        #expect(descriptor == MetricDescriptor(name: "n", unit: "u", description: "d"))
    }

    @Test func everyPartCounts() {
        let descriptor = MetricDescriptor(name: "n", unit: "u", description: "d")
        #expect(descriptor != MetricDescriptor(name: "N", unit: "u", description: "d"))
        #expect(descriptor != MetricDescriptor(name: "n", unit: "U", description: "d"))
        #expect(descriptor != MetricDescriptor(name: "n", unit: "u"))
        let known = MetricDescriptor(name: "n", unit: "u", description: "d", metadata: ["k": 1])
        #expect(descriptor != known)
        #expect(descriptor.metadata.isEmpty && known.metadata == ["k": 1])
    }
}
