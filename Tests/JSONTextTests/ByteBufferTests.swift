import Testing

@testable import JSONText

@Suite struct ByteBufferTests {
    private func make(_ text: String = "", capacity: Int = 1) -> ByteBuffer {
        var buffer = ByteBuffer(capacity: capacity)
        buffer.append(text: text)
        return buffer
    }

    private func text(_ buffer: borrowing ByteBuffer) -> String {
        String(decoding: buffer.bytes(), as: UTF8.self)
    }

    @Test func growsAndKeepsWhatWasWritten() {
        var buffer = make()
        for index in 0..<1000 {
            buffer.append(integer: Int64(index))
        }
        #expect(text(buffer) == (0..<1000).map { String($0) }.joined())
    }

    @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 129, 100_000])
    func oneAppendOfAnySizeFits(size: Int) {
        var buffer = make("ab")
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        buffer.append(bytes: bytes)
        #expect(buffer.count == size + 2)
        #expect(Array(buffer.bytes().dropFirst(2)) == bytes)
    }

    @Test(arguments: [Int.min, -1, 0])
    func aCapacityThatMakesNoSenseIsReplaced(capacity: Int) {
        #expect(text(make("some text", capacity: capacity)) == "some text")
    }

    @Test func memoryIsGivenBackAndTheBufferCanBeUsedAgain() {
        var buffer = make(String(repeating: "x", count: 100_000))
        for limit in [1 << 20, 64, 0] {
            buffer.removeAll(keepingAtMost: limit)
            #expect(buffer.count == 0)
            buffer.append(text: "again")
            #expect(text(buffer) == "again")
        }
    }

    @Test func nothingIsLeftAfterRemoveAll() {
        var buffer = make("first document")
        buffer.removeAll()
        #expect(buffer.count == 0)
        buffer.append("2nd")
        #expect(text(buffer) == "2nd")
    }

    @Test(arguments: [(0, ""), (2, "ab"), (4, "abcd"), (9, "abcd"), (-1, "")])
    func truncatingKeepsTheFront(count: Int, expected: String) {
        var buffer = make("abcd")
        buffer.truncate(to: count)
        #expect(text(buffer) == expected)
    }

    @Test func emptyPartsAddNothing() {
        var buffer = make("x")
        buffer.append(bytes: [])
        buffer.append(bytes: UnsafeRawBufferPointer(start: nil, count: 0))
        buffer.append(text: "")
        buffer.append("")
        #expect(text(buffer) == "x")
    }

    @Test(arguments: [(-5, 0), (0, 0), (2, 2), (3, 3), (99, 3)])
    func whatIsWrittenInPlaceIsHeldToItsLimit(answered: Int, counted: Int) {
        var buffer = make()
        buffer.append(upTo: 3) { target in
            for index in 0..<3 { target[index] = UInt8(ascii: "y") }
            return answered
        }
        #expect(text(buffer) == String(repeating: "y", count: counted))
    }

    @Test func bytesCanBeReadInPlace() {
        let sum = make("abc").withBytes { $0.reduce(0) { $0 + Int($1) } }
        #expect(sum == 97 + 98 + 99)
    }
}
