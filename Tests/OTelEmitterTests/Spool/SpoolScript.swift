import Testing

@testable import OTelEmitter

/// The life of a process as far as it concerns its spool, and what came of each batch.
struct SpoolScript {
    /// Data points of each batch.
    static let points = 3

    /// Batches whose `store` returned, and those that another process had left.
    var stored: [UInt64] = []
    /// Batches whose `store` threw.
    var refused: [UInt64] = []
    /// Batches that `next` gave, in order: a collector has them.
    var sent: [UInt64] = []
    /// Batches whose `finish` returned true.
    var finished: [UInt64] = []
    private var adopted = 0
    private var lost = 0

    /// Leaves two batches of a process that died.
    static func prepare(_ disk: SimulatedDisk, _ fixture: SpoolFixture) throws {
        let process = SimulatedProcess(disk)
        let spool = fixture.make("dead", files: process.files)
        for number in 101...102 as ClosedRange<UInt64> { try spool.store(.numbered(number)) }
        process.end()
        fixture.pass(.seconds(1))
    }

    mutating func run(_ spool: Spool) {
        settle(spool)
        for number in 1...3 as ClosedRange<UInt64> { store(number, spool) }
        send(spool, limit: 1)
        store(4, spool)
        settle(spool)
        send(spool)
        store(5, spool)
    }

    mutating func store(_ number: UInt64, _ spool: Spool) {
        do throws(SpoolError) {
            try spool.store(.numbered(number))
            stored.append(number)
        } catch {
            refused.append(number)
        }
    }

    mutating func send(_ spool: Spool, limit: Int = .max) {
        for _ in 0..<limit {
            guard let found = (try? spool.next()) ?? nil else { return }
            #expect(found.batch == .numbered(found.batch.collection))
            sent.append(found.batch.collection)
            if spool.finish(found) { finished.append(found.batch.collection) }
        }
    }

    mutating func settle(_ spool: Spool) {
        let change = spool.settle()
        adopted += change.adoptedPoints
        lost += change.lost.values.reduce(0, +)
    }

    /// Adopted and stored are delivered, pending or lost.
    mutating func expectBalance(_ spool: Spool, _ note: Comment) {
        settle(spool)
        let recorded = stored.count * Self.points + adopted
        let delivered = finished.count * Self.points
        #expect(recorded == delivered + spool.pending.points + lost, note)
    }

    /// The numbers of this process's own batches, of those that were sent.
    var ownSent: [UInt64] { sent.filter { $0 < 100 } }
}
