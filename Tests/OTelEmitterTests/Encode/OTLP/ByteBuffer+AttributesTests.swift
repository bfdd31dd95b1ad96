import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct ByteBufferAttributesTests {
    private static let key = WireForm.json.renderingKey

    private func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return String(decoding: buffer.bytes(), as: UTF8.self)
    }

    @Test func attributesAreRenderedOnceAndCopiedEverAfter() throws {
        let set: AttributeSet = ["k": "v"]
        let first = text { $0.append(attributes: set) }
        let rendering = try #require(set.rendering(Self.key))
        let kept = rendering.withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(first == "\"attributes\":[\(kept)]")
        #expect(text { $0.append(attributes: set) } == first)
        #expect(set.rendering(Self.key) === rendering)
    }

    @Test func aKeptRenderingIsWhatIsWritten() {
        let set: AttributeSet = ["k": "v"]
        _ = set.keepRendering(rendering("kept", Self.key))
        #expect(text { $0.append(attributes: set) } == "\"attributes\":[kept]")
        let descriptor = MetricDescriptor(name: "n")
        _ = descriptor.keepRendering(rendering("kept", Self.key))
        #expect(text { $0.append(head: descriptor) } == "kept")
    }

    @Test func whatAnotherFormKeepsIsNotWrittenAndStays() {
        let other = rendering("other", Self.key &+ 1)
        let (set, descriptor) = (AttributeSet([Attribute("k", "v")]), MetricDescriptor(name: "n"))
        let expected = text { $0.append(attributes: ["k": "v"]) }
        #expect(set.keepRendering(other) === other)
        #expect(descriptor.keepRendering(other) === other)
        var renderings = AttributeRenderings()
        for _ in 1...2 {
            #expect(text { $0.append(attributes: set) } == expected)
            #expect(text { $0.append(head: descriptor) } == #"{"name":"n""#)
            let found = String(decoding: renderings.find(set), as: UTF8.self)
            #expect("\"attributes\":[\(found)]" == expected)
        }
        #expect(set.rendering(Self.key &+ 1) === other)
        #expect(descriptor.rendering(Self.key &+ 1) === other)
    }

    private func rendering(_ text: String, _ key: UInt8) -> RenderedBytes {
        Array(text.utf8).withUnsafeBytes { RenderedBytes.copying($0, key) }
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
        #expect(descriptor.rendering(Self.key) != nil)
    }
}
