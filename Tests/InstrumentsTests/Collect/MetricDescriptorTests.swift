import Testing

@testable import Instruments

@Suite struct MetricDescriptorTests {
    @Test func theRenderingIsWrittenOnceAndDoesNotCount() {
        let descriptor = MetricDescriptor(name: "n", unit: "u", description: "d")
        #expect(descriptor.rendering == nil)
        let first = RenderedBytes([1])
        #expect(descriptor.keepRendering(first) === first)
        #expect(descriptor.keepRendering(RenderedBytes([2])) === first)
        #expect(descriptor == MetricDescriptor(name: "n", unit: "u", description: "d"))
    }

    @Test func everyPartCounts() {
        let descriptor = MetricDescriptor(name: "n", unit: "u", description: "d")
        #expect(descriptor != MetricDescriptor(name: "N", unit: "u", description: "d"))
        #expect(descriptor != MetricDescriptor(name: "n", unit: "U", description: "d"))
        #expect(descriptor != MetricDescriptor(name: "n", unit: "u"))
    }
}
