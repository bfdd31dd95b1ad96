import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct OutboxTests {
    private func batch(_ collection: UInt64, bytes: Int = 400) -> Batch {
        Batch(
            collection: collection, points: 1, body: [UInt8](repeating: 0, count: bytes),
            isCompressed: false)
    }

    private func makeSpool(_ folder: TemporaryFolder, bytes: Int = 1 << 20) -> Spool {
        var options = SpoolOptions(directory: folder.file("spool"))
        options.byteLimit = bytes
        return Spool(options, clock: .system, incarnation: "outbox")
    }

    private func collections(_ outbox: inout Outbox) throws -> [UInt64] {
        var all: [UInt64] = []
        while let held = try outbox.next(isHandKept: false) {
            all.append(held.batch.collection)
            outbox.finish(held)
        }
        return all
    }

    @Test func whatIsOnDiskLeavesFirst() throws {
        let folder = try TemporaryFolder()
        let spool = makeSpool(folder)
        defer { spool.close() }
        var outbox = Outbox(byteLimit: 1 << 20, spool: spool)
        for number in UInt64(1)...2 {
            _ = outbox.add(batch(number), givingUpOld: true, isHandKept: false)
        }
        #expect(!outbox.wantsSpill)
        outbox.deliveries(areFailing: true)
        #expect(outbox.wantsSpill)
        #expect(outbox.spill { true } == Outbox.Spill(points: 2))
        _ = outbox.add(batch(3), givingUpOld: true, isHandKept: false)
        #expect(outbox.points == 3 && outbox.pointsOnDisk == 2)
        #expect(outbox.oldestCollection == 1)
        var count = 0
        while let held = try outbox.next(isHandKept: false) {
            guard case .onDisk = held else { break }
            outbox.finish(held)
            count += 1
        }
        #expect(count == 2 && outbox.oldestCollection == 3)
        #expect(try collections(&outbox) == [3])
        #expect(outbox.isDrained)
    }

    /// What is in hand and decided in part stays in hand, wherever it is moved to.
    @Test func theHandFollowsItsBatchToDisk() throws {
        let folder = try TemporaryFolder()
        let spool = makeSpool(folder)
        defer { spool.close() }
        var outbox = Outbox(byteLimit: 500, spool: spool)
        _ = outbox.add(batch(1), givingUpOld: true, isHandKept: false)
        let held = try outbox.next(isHandKept: false)
        #expect(held?.batch.collection == 1)
        #expect(outbox.add(batch(2), givingUpOld: true, isHandKept: true).points == 0)
        #expect(try outbox.next(isHandKept: true)?.batch.collection == 1)
        outbox.deliveries(areFailing: true)
        #expect(outbox.spill { true }.points == 2)
        let moved = try #require(try outbox.next(isHandKept: true))
        guard case .onDisk = moved else {
            Issue.record("it is still in memory")
            return
        }
        #expect(moved.batch.body == held?.batch.body)
        outbox.finish(moved)
        #expect(outbox.points == 1)
    }

    /// Its file can't be read, or is gone, and it is in hand all the same.
    @Test func theHandThatWasMovedIsNotReadBack() throws {
        let folder = try TemporaryFolder()
        let spool = makeSpool(folder)
        defer { spool.close() }
        var outbox = Outbox(byteLimit: 500, spool: spool)
        _ = outbox.add(batch(1), givingUpOld: true, isHandKept: false)
        _ = try outbox.next(isHandKept: false)
        outbox.deliveries(areFailing: true)
        #expect(outbox.spill { true }.points == 1)
        try folder.remove("spool")
        #expect(outbox.handIsOnDisk)
        let held = try #require(try outbox.next(isHandKept: true))
        #expect(held.batch.collection == 1)
        outbox.finish(held)
        #expect(outbox.isEmpty)
    }

    @Test func aHandThatIsNotBegunIsSuperseded() throws {
        var outbox = Outbox(byteLimit: 500, spool: nil)
        _ = outbox.add(batch(1), givingUpOld: true, isHandKept: false)
        _ = try outbox.next(isHandKept: false)
        #expect(outbox.add(batch(2), givingUpOld: true, isHandKept: false).points == 1)
        #expect(outbox.inHand.map(\.batch.collection) == nil)
        #expect(try collections(&outbox) == [2])
    }

    /// An outage that lasts, with a spool at its limit.
    @Test func whatTheSpoolGivesUpIsForgotten() throws {
        let folder = try TemporaryFolder()
        let spool = makeSpool(folder, bytes: 2000)
        defer { spool.close() }
        var outbox = Outbox(byteLimit: 1 << 20, spool: spool)
        outbox.deliveries(areFailing: true)
        for number in UInt64(1)...3000 {
            _ = outbox.add(batch(number), givingUpOld: true, isHandKept: false)
            _ = outbox.spill { true }
        }
        #expect(spool.own.batches < 5)
        #expect(outbox.rememberedCollections < 64)
        #expect(outbox.oldestCollection.map { $0 > 2990 } == true)
    }
}
