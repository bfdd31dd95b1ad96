import Foundation
import InstrumentsTesting
import TestSupport

@testable import OTelEmitter

/// A directory for spools, clocks that a test moves, and batches that can be told apart.
final class SpoolFixture: Sendable {
    static let day: UInt64 = 86_400_000_000_000
    static let start: UInt64 = 1_790_000_000_000_000_000

    let path: String
    /// In nanoseconds.
    let uptime = SteppedClock(start: 1_000_000)
    let wall = SteppedClock(start: SpoolFixture.start)

    init() {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-spool-\(UUID().uuidString)").path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var clock: EmitterClock {
        .stepped(uptime: uptime.now, wall: wall.now)
    }

    func make(
        _ incarnation: String = "a", byteLimit: Int = 1 << 20,
        ageLimit: Duration = .seconds(172_800),
        files: SpoolFiles = .system
    ) -> Spool {
        var options = SpoolOptions(directory: path)
        options.byteLimit = byteLimit
        options.ageLimit = ageLimit
        return Spool(options, clock: clock, incarnation: incarnation, files: files)
    }

    /// Steps the clocks on, so that whatever waits for its next attempt is due.
    func pass(_ time: Duration) {
        uptime.advance(by: time)
        wall.advance(by: time)
    }

    /// The names in the directory, and in those in it.
    var names: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        return all.sorted()
    }

    /// Paths of the files of batches, in their order.
    var batchFiles: [String] { names.filter { $0.hasSuffix(".batch") }.map { path + "/" + $0 } }
}

extension Batch {
    /// A batch whose every byte is its number.
    static func numbered(
        _ number: UInt64, points: Int = 3, bytes: Int = 100, at time: UInt64 = SpoolFixture.start
    ) -> Batch {
        Batch(
            collection: number, points: points,
            body: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes),
            isCompressed: number.isMultiple(of: 2), collectedAt: time)
    }
}

extension Spool {
    /// Calls `maintain` until nothing is left to do, and sums what it says.
    func settle() -> SpoolChange {
        var sum = SpoolChange()
        while true {
            let change = maintain()
            sum.adoptedPoints += change.adoptedPoints
            sum.foreignPoints += change.foreignPoints
            sum.lost.merge(change.lost) { $0 + $1 }
            sum.skippedFiles += change.skippedFiles
            sum.trouble = sum.trouble ?? change.trouble
            sum.recovered = change.recovered ?? sum.recovered
            if !change.isUnfinished { return sum }
        }
    }

    /// Sends all: what `next` gives, finished one after the other, by number.
    func drain() throws -> [UInt64] {
        var numbers: [UInt64] = []
        while let found = try next() {
            numbers.append(found.batch.collection)
            finish(found)
        }
        return numbers
    }
}
