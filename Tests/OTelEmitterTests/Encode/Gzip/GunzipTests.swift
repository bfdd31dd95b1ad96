import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct GunzipTests {
    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        var gzip = Gzip()
        let packed = bytes.withUnsafeBytes { gzip?.compress($0) ?? nil }
        return try #require(packed)
    }

    private func problem(_ bytes: [UInt8], limit: Int) -> Gunzip.Problem? {
        do throws(Gunzip.Problem) {
            _ = try Gunzip.decompress(bytes, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_000])
    func whatWasCompressedComesBack(size: Int) throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        #expect(try Gunzip.decompress(try packed(body), limit: size) == body)
        #expect(try Gunzip.decompress(try packed(body), limit: .max) == body)
    }

    @Test(arguments: [1, 1000, 65_536, 5_000_000])
    func oneByteMoreThanTheLimitIsTooMuch(size: Int) throws {
        let bomb = try packed([UInt8](repeating: 0, count: size))
        #expect(problem(bomb, limit: size) == nil)
        #expect(problem(bomb, limit: size - 1) == .tooLarge(limit: size - 1))
        #expect(problem(bomb, limit: 0) == .tooLarge(limit: 0))
        #expect(problem(bomb, limit: .min) == .tooLarge(limit: 0))
    }

    @Test func whatIsNotOneWholeMemberIsDamaged() throws {
        let good = try packed(Array("some text, some text".utf8))
        for bytes in [[], [0x1F], Array(good.dropLast()), good + [0], Array(good.dropFirst())] {
            #expect(problem(bytes, limit: 1000) == .damaged)
        }
        #expect(problem(good + good, limit: 1000) == .damaged)
    }

    @Test func damagedBytesNeverTrap() throws {
        let seed: UInt64 = 55
        var random = SeededRandom(seed: seed)
        let good = try packed((0..<5000).map { UInt8(truncatingIfNeeded: $0 / 7) })
        for _ in 0..<3000 {
            var bytes = good
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
            let limit = Int.random(in: 0...6000, using: &random)
            if problem(bytes, limit: limit) == nil {
                #expect(try Gunzip.decompress(bytes, limit: limit).count <= limit, "seed \(seed)")
            }
        }
    }
}
