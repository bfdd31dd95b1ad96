import TestSupport
import Testing

@testable import JSONText

@Suite struct BytePenJSONTests {
    /// What a pen writes, and whether it left alone what lies behind the room that it may use.
    private func written(room: Int, _ write: (inout BytePen) -> Void) -> String {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0xAA, count: 128)
        var pen = BytePen(at: memory)
        write(&pen)
        #expect((room..<128).allSatisfy { memory[$0] == 0xAA }, "more than \(room) bytes")
        return String(
            decoding: UnsafeBufferPointer(start: memory, count: pen.end - memory), as: UTF8.self)
    }

    private func written(_ value: UInt64) -> String {
        written(room: BytePen.longestInteger) { $0.put(integer: value) }
    }

    @Test func integersOfEveryLengthAreDecimalAndKeepToTheirRoom() {
        var values: [UInt64] = [0, .max, .max - 1]
        var power: UInt64 = 1
        for _ in 0..<20 {
            values += [power - 1, power, power + 1, power &* 9, power &* 7 &+ 13]
            power &*= 10
        }
        for value in values { #expect(written(value) == String(value)) }
        for value in Array(0...20_000) + Array(99_990_000...100_010_000) {
            #expect(written(UInt64(value)) == String(value))
        }
    }

    @Test func randomIntegersOfEverySizeAreDecimal() {
        let seed: UInt64 = 43
        var random = SeededRandom(seed: seed)
        for _ in 0..<50_000 {
            let value = random.next() >> UInt64.random(in: 0..<64, using: &random)
            #expect(written(value) == String(value), "seed \(seed)")
        }
    }

    @Test func eightDigitsHaveTheirLeadingZeroes() {
        for value: UInt32 in [0, 1, 9, 10, 4321, 10_000, 99_999_999, 12_345_678, 90_000_009] {
            let expected = String(String(100_000_000 + value).dropFirst())
            #expect(written(room: 8) { $0.putEight(value) } == expected)
        }
    }

    @Test func doublesKeepToTheirRoom() {
        for value in [
            -2.2250738585072014e-308, -1.7976931348623157e+308, .nan, -.infinity, -0.0,
            -9_007_199_254_740_991, 0.1, -.leastNonzeroMagnitude, 1234.5678901234567,
        ] {
            let text = written(room: BytePen.longestDouble) { $0.put(double: value) }
            #expect(!text.isEmpty && text.utf8.count <= 24)
        }
    }

    /// The standard library is the other opinion: no more digits than it writes, and the same.
    @Test func fractionsHaveTheDigitsOfTheStandardLibrary() {
        let seed: UInt64 = 44
        var random = SeededRandom(seed: seed)
        for round in 0..<100_000 {
            let value: Double
            switch round % 4 {
            case 0: value = Double(bitPattern: random.next())
            case 1: value = Double(random.next() % 100_000_000) / 1000
            case 2: value = Double(random.next() >> 11) / 8192
            default: value = Double(Int64(bitPattern: random.next()) >> 20) * 1e-9
            }
            guard value.isFinite, value != value.rounded() else { continue }
            #expect(
                written(room: BytePen.longestDouble) { $0.put(double: value) }
                    == value.description, "seed \(seed)")
        }
    }
}
