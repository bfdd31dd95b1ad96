import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct GzipTests {
    /// What the system's gzip makes of it; nil if it refuses.
    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8]? {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-gzip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(bytes).write(to: input)
        let status = Program.run(
            "gzip", ["-dc"], input: input.path, output: output.path)
        return status == 0 ? Program.bytes(of: output.path) : nil
    }

    private func compress(_ bytes: [UInt8], with gzip: inout Gzip) -> [UInt8]? {
        bytes.withUnsafeBytes { gzip.compress($0) }
    }

    @Test func oneStreamServesBodiesOfEverySize() throws {
        let seed: UInt64 = 77
        var random = SeededRandom(seed: seed)
        guard var gzip = Gzip() else {
            Issue.record("no memory")
            return
        }
        for size in [0, 1, 2, 100, 65_535, 65_536, 1_000_000, 3, 0, 40_000] {
            let noise = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let text = (0..<size).map { UInt8(ascii: "a") + UInt8($0 / 64 % 3) }
            for body in [noise, text] {
                let result = compress(body, with: &gzip)
                let packed = try #require(result)
                #expect(try unpacked(packed) == body, "seed \(seed), \(size) bytes")
            }
            if size >= 40_000 {
                let result = compress(text, with: &gzip)
                let packed = try #require(result)
                #expect(packed.count < size / 20)
            }
        }
    }

    @Test func theSystemsGzipRefusesADamagedBody() throws {
        guard var gzip = Gzip() else {
            Issue.record("no memory")
            return
        }
        let body = [UInt8](repeating: 65, count: 1000)
        let result = compress(body, with: &gzip)
        var packed = try #require(result)
        packed[packed.count - 5] ^= 1
        #expect(try unpacked(packed) != body)
    }
}
