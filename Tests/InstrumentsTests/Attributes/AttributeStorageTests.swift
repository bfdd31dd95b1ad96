import Synchronization
import Testing

@testable import Instruments

@Suite struct AttributeStorageTests {
    @Test(arguments: [0, 1, 7, 8, 9, 1000])
    func theBytesAreWhatWasWritten(length: Int) {
        let storage = AttributeStorage.make(length: length, hash: 5) { target in
            for index in 0..<length {
                target.storeBytes(of: UInt8(index % 256), toByteOffset: index, as: UInt8.self)
            }
        }
        #expect(storage.head.pointee.hash == 5)
        #expect(
            Array(AttributeStorage.bytes(of: storage.head)) == (0..<length).map { UInt8($0 % 256) })
        withExtendedLifetime(storage) {}
    }

    @Test func theRenderingIsReleasedWithTheStorage() {
        weak var released: RenderedBytes?
        do {
            let storage = AttributeStorage.make(length: 0) { _ in }
            let bytes = [UInt8(1), 2].withUnsafeBytes { RenderedBytes.copying($0, 7) }
            released = bytes
            #expect(storage.head.pointee.rendering.storeIfNil(bytes) === bytes)
        }
        #expect(released == nil)
    }

    @Test func renderedBytesAreACopy() {
        #expect([].withUnsafeBytes { RenderedBytes.copying($0, 7) }.withBytes { $0.isEmpty })
        let bytes = (0..<100).map { UInt8($0) }
        for key in [UInt8.min, 7, .max] {
            let copy = bytes.withUnsafeBytes { RenderedBytes.copying($0, key) }
            #expect(copy.withBytes { Array($0) } == bytes)
            #expect(copy.key == key)
        }
    }
}
