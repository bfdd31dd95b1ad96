import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolFormatTests {
    private let batch = Batch(
        collection: 7, points: 3, body: Array("{}\n".utf8), isCompressed: true,
        collectedAt: 0x18D7_5B84_23F3_0000)

    private func make(_ batch: Batch, sequence: UInt64 = 42) -> (SpoolName, [UInt8]) {
        let name = SpoolName(
            sequence: sequence, collectedAt: batch.collectedAt, points: UInt32(batch.points),
            bytes: UInt32(batch.body.count))
        return (name, SpoolFormat.header(batch, name) + batch.body)
    }

    /// The format is a promise to later versions: these bytes never change.
    @Test func bytesAreThoseOfTheTable() {
        let (_, bytes) = make(batch)
        var expected = Array("OTELSPOL".utf8)
        expected += [1, 0, 0, 0]
        expected += [1, 0, 0, 0]
        expected += [42, 0, 0, 0, 0, 0, 0, 0]
        expected += [7, 0, 0, 0, 0, 0, 0, 0]
        expected += [0x00, 0x00, 0xF3, 0x23, 0x84, 0x5B, 0xD7, 0x18]
        expected += [3, 0, 0, 0]
        expected += [3, 0, 0, 0]
        var checksum = SpoolChecksum()
        (expected + batch.body).withUnsafeBytes { checksum.update($0) }
        expected += (0..<4).map { UInt8(truncatingIfNeeded: checksum.value >> ($0 * 8)) }
        #expect(bytes == expected + batch.body)
        #expect(SpoolFormat.headerBytes == expected.count)
    }

    @Test(arguments: WireForm.allCases)
    func theVersionIsThatOfTheForm(form: WireForm) {
        var batch = batch
        batch.form = form
        let (name, bytes) = make(batch)
        #expect(bytes[8..<12].reversed().reduce(0) { $0 << 8 | UInt32($1) } == form.spoolVersion)
        #expect(SpoolFormat.decode(bytes, name) == .batch(batch))
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000, 100_000])
    func whatIsWrittenIsReadBack(size: Int) {
        for isCompressed in [false, true] {
            let written = Batch(
                collection: .max, points: Int(UInt32.max),
                body: (0..<size).map { UInt8(truncatingIfNeeded: $0) }, isCompressed: isCompressed,
                collectedAt: .max)
            let (name, bytes) = make(written, sequence: .max)
            #expect(SpoolFormat.decode(bytes, name) == .batch(written))
        }
    }

    @Test func everyFlippedBitIsSeen() {
        let (name, bytes) = make(batch)
        for bit in 0..<(bytes.count * 8) {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            switch SpoolFormat.decode(damaged, name) {
            case .batch: Issue.record("bit \(bit) was flipped")
            // Another version or another flag may be meant.
            case .foreign: #expect((64..<128).contains(bit) && bit != 96)
            case .damaged: #expect(!(64..<128).contains(bit) || bit == 96)
            }
        }
    }

    @Test func everyCutIsSeen() {
        let (name, bytes) = make(batch)
        for length in 0..<bytes.count {
            #expect(SpoolFormat.decode(Array(bytes[..<length]), name) == .damaged(.length))
            let zeroed = bytes[..<length] + [UInt8](repeating: 0, count: bytes.count - length)
            if zeroed != bytes[...] {
                #expect(SpoolFormat.decode(Array(zeroed), name) != .batch(batch))
            }
        }
        #expect(SpoolFormat.decode(bytes + [0], name) == .damaged(.length))
    }

    @Test func anotherNameIsSeen() {
        let (name, bytes) = make(batch)
        let others = [
            SpoolName(sequence: 1, collectedAt: name.collectedAt, points: 3, bytes: 3),
            SpoolName(sequence: 42, collectedAt: 0, points: 3, bytes: 3),
            SpoolName(sequence: 42, collectedAt: name.collectedAt, points: 4, bytes: 3),
            SpoolName(sequence: 42, collectedAt: name.collectedAt, points: 3, bytes: 4),
        ]
        for other in others {
            guard case .damaged = SpoolFormat.decode(bytes, other) else {
                Issue.record("\(other.text) was believed")
                continue
            }
        }
    }

    @Test(arguments: [0, 2, 255, 256, UInt32.max])
    func unknownVersionsAreLeftAloneWhateverTheirLength(version: UInt32) {
        expectForeign(at: 8, version, shortest: 12)
    }

    @Test(arguments: [2, 3, 4, 0x100, 0x8000_0001, UInt32.max])
    func unknownFlagsAreLeftAloneWhateverTheirLength(flags: UInt32) {
        expectForeign(at: 12, flags, shortest: 16)
    }

    /// With a checksum that holds, with one that does not, and with no room for one.
    private func expectForeign(at offset: Int, _ value: UInt32, shortest: Int) {
        let (name, bytes) = make(batch)
        var marked = bytes
        withUnsafeBytes(of: value.littleEndian) {
            marked.replaceSubrange(offset..<offset + 4, with: $0)
        }
        #expect(SpoolFormat.decode(marked, name) == .foreign)
        var checksum = SpoolChecksum()
        (marked[..<48] + marked[52...]).withUnsafeBytes { checksum.update($0) }
        withUnsafeBytes(of: checksum.value.littleEndian) {
            marked.replaceSubrange(48..<52, with: $0)
        }
        #expect(SpoolFormat.decode(marked, name) == .foreign)
        for length in [shortest, 40, bytes.count - 1] {
            #expect(SpoolFormat.decode(Array(marked.prefix(length)), name) == .foreign)
        }
        #expect(SpoolFormat.decode(marked + [1], name) == .foreign)
    }

    @Test func noBytesAreTooStrange() {
        let seed: UInt64 = 52
        var random = SeededRandom(seed: seed)
        let (name, bytes) = make(batch)
        for _ in 0..<20_000 {
            var strange = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                guard !strange.isEmpty else { break }
                let place = Int.random(in: 0..<strange.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: strange[place] = random.pick([0, 1, 0x7F, 0x80, 0xFF])
                case 1: strange.removeSubrange(place...)
                default: strange.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                }
            }
            if case .batch(let read) = SpoolFormat.decode(strange, name) {
                #expect(read == batch, "seed \(seed)")
            }
        }
    }
}
