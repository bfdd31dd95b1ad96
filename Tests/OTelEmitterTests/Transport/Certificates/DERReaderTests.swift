import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct DERReaderTests {
    @Test func elementsAreReadOneAfterTheOther() {
        var reader = DERReader([0x30, 2, 1, 2, 0x02, 0x81, 1, 9, 0x17, 0x82, 0, 0][...])
        #expect(reader.next(.integer) == nil)
        #expect(reader.next(.sequence) == [1, 2])
        #expect(reader.next()?.content == [9])
        #expect(!reader.isAtEnd)
        #expect(reader.next(.utcTime) == [])
        #expect(reader.isAtEnd && reader.next() == nil)
    }

    @Test(arguments: [
        [], [0x30], [0x30, 1], [0x30, 0x80], [0x30, 0x81], [0x30, 0x82, 1], [0x30, 0x81, 5, 0],
        [0x30, 0x85, 0, 0, 0, 0, 1, 1], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0x30, 0xFF, 1],
    ])
    func lengthsBeyondTheBytesAreNone(bytes: [UInt8]) {
        var reader = DERReader(bytes[...])
        #expect(reader.next() == nil)
    }
}
