import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct ByteBufferAttributesTests {
    private func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return String(decoding: buffer.bytes(), as: UTF8.self)
    }

    @Test func attributesAreRenderedOnceAndCopiedEverAfter() throws {
        let set: AttributeSet = ["k": "v"]
        let first = text { $0.append(attributes: set) }
        let rendering = try #require(set.rendering)
        let kept = rendering.withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(first == "\"attributes\":[\(kept)]")
        #expect(text { $0.append(attributes: set) } == first)
        #expect(set.rendering === rendering)
    }

    @Test func aKeptRenderingIsWhatIsWritten() {
        let set: AttributeSet = ["k": "v"]
        _ = set.keepRendering(Array("kept".utf8).withUnsafeBytes { RenderedBytes.copying($0) })
        #expect(text { $0.append(attributes: set) } == "\"attributes\":[kept]")
        let descriptor = MetricDescriptor(name: "n")
        _ = descriptor.keepRendering(
            Array("kept".utf8).withUnsafeBytes { RenderedBytes.copying($0) })
        #expect(text { $0.append(head: descriptor) } == "kept")
    }

    @Test func theEmptySetIsWrittenAsNothing() {
        #expect(text { $0.append(attributes: .empty) }.isEmpty)
    }

    @Test(arguments: [
        (MetricDescriptor(name: "n"), #"{"name":"n""#),
        (MetricDescriptor(name: ""), #"{"name":"""#),
        (MetricDescriptor(name: "n", unit: "By"), #"{"name":"n","unit":"By""#),
        (MetricDescriptor(name: "n", description: "d"), #"{"name":"n","description":"d""#),
        (
            MetricDescriptor(name: "n", unit: "u", description: "\""),
            #"{"name":"n","description":"\"","unit":"u""#
        ),
    ])
    func aHeadHasWhatTheDescriptorHas(descriptor: MetricDescriptor, expected: String) {
        #expect(text { $0.append(head: descriptor) } == expected)
        #expect(descriptor.rendering != nil)
    }
}
