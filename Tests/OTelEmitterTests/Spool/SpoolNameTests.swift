import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolNameTests {
    private static let text = "000000000000002a-18d75b8423f30000-00000003-000000c8.batch"

    private func make(_ sequence: UInt64 = 42, bytes: UInt32 = 200) -> SpoolName {
        SpoolName(
            sequence: sequence, collectedAt: 0x18D7_5B84_23F3_0000, points: 3, bytes: bytes)
    }

    @Test func theTextTellsAll() {
        #expect(make().text == Self.text)
        #expect(SpoolName(Self.text) == make())
        #expect(make().fileBytes == 252)
    }

    @Test func everyNameIsReadBack() {
        let seed: UInt64 = 9
        var random = SeededRandom(seed: seed)
        for _ in 0..<1000 {
            let name = SpoolName(
                sequence: random.pick([0, .max, random.next()]),
                collectedAt: random.pick([0, .max, random.next()]),
                points: random.pick([0, .max, UInt32(truncatingIfNeeded: random.next())]),
                bytes: random.pick([0, UInt32(SpoolName.bodyByteLimit), 1]))
            #expect(SpoolName(name.text) == name, "seed \(seed)")
        }
    }

    @Test func textsSortBySequence() {
        let names = [0, 1, 9, 10, 15, 16, 255, 256, .max].map { make($0) }
        #expect(names.map(\.text) == names.map(\.text).sorted())
        #expect(names == names.sorted())
    }

    @Test(
        arguments: [
            "", ".batch", "lock", "batch.tmp", text.uppercased(), text + ".tmp", " " + text,
            String(text.dropFirst()), "0" + text, String(text.dropLast()), text + "\0",
            "000000000000002g-18d75b8423f30000-00000003-000000c8.batch",
            "+00000000000002a-18d75b8423f30000-00000003-000000c8.batch",
            "000000000000002a_18d75b8423f30000-00000003-000000c8.batch",
            "000000000000002a-18d75b8423f30000-00000003-10000001.batch",
            "000000000000002a-18d75b8423f30000-00000003-ffffffff.batch",
            "00000000000000é-18d75b8423f30000-00000003-000000c8.batch",
            "0000000000000000000000000000000000000000000000000000000000",
        ])
    func otherNamesAreForeign(text: String) {
        #expect(SpoolName(text) == nil)
    }

    @Test func noTextIsTooStrange() {
        let seed: UInt64 = 77
        var random = SeededRandom(seed: seed)
        for _ in 0..<2000 {
            var bytes = Array(Self.text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if random.oneIn(4) { bytes.remove(at: place) }
                bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let name = SpoolName(text) { #expect(name.text == text, "seed \(seed)") }
        }
    }
}
