import Glibc
import InstrumentsTesting

@testable import OTelEmitter

/// A process that uses a spool's directory until nothing is left to do, and what came of it.
struct DirectoryRun {
    /// Data points by what became of them.
    struct Account {
        fileprivate(set) var adopted = 0
        fileprivate(set) var stored = 0
        fileprivate(set) var delivered = 0
        fileprivate(set) var inherited = 0
        fileprivate(set) var lost = 0

        func check(_ plan: DirectoryPlan, _ expectation: DirectoryExpectation) {
            precondition(adopted + stored == delivered + lost, "the account is \(self)")
            guard plan.isUndisturbed else { return }
            precondition(adopted == expectation.adoptedPoints, "of \(expectation): \(self)")
            precondition(inherited == expectation.soundPoints, "of \(expectation): \(self)")
        }
    }

    private struct Sent: Hashable {
        let directory: String
        let name: SpoolName
    }

    /// Surveys until it has to come to rest.
    private static let roundLimit = 1000
    /// Longer than anything that is tried again waits.
    private static let pause = SpoolSurvey.interval + .seconds(1)
    private static let ownPoints = 7
    /// Bytes that the spool may take if its limit is low.
    private static let lowByteLimit = 300

    private let plan: DirectoryPlan
    private let clock = SteppedClock(start: EmitterClock.start)
    private let spool: Spool
    private var account = Account()
    private var sent: Set<Sent> = []
    private var last: [String: SpoolName] = [:]

    init(_ plan: DirectoryPlan, _ files: ListedFiles) {
        self.plan = plan
        var options = SpoolOptions(directory: DirectoryPlan.path)
        options.byteLimit = plan.isByteLimited ? Self.lowByteLimit : .max
        options.ageLimit = plan.isAgeLimited ? .seconds(86_400) : .nanoseconds(Int64.max)
        spool = Spool(
            options, clock: .stepped(clock), incarnation: "fuzz", files: files.files,
            adoptsUnlocked: plan.adoptsUnlocked)
    }

    /// Sends all that can be sent. Consumes the spool, and so its descriptors.
    consuming func run() -> Account {
        var run = self
        run.work()
        run.spool.close()
        return run.account
    }

    private mutating func work() {
        var (own, idle) = (plan.ownBatches, 0)
        for _ in 0..<Self.roundLimit where idle < 2 {
            let change = spool.maintain()
            take(change)
            let before = sent.count
            if own > 0 {
                store(own)
                own -= 1
            }
            send()
            let isIdle =
                own == 0 && sent.count == before && change.adoptedPoints == 0
                && !change.isUnfinished && spool.pending == SpoolVolume()
            idle = isIdle ? idle + 1 : 0
            clock.advance(by: Self.pause)
        }
        take(spool.takeChange())
        precondition(idle == 2, "it does not come to rest")
    }

    private mutating func take(_ change: SpoolChange) {
        account.adopted += change.adoptedPoints - change.foreignPoints
        account.lost += change.lost.values.reduce(0, +)
    }

    private mutating func store(_ number: Int) {
        let batch = Batch(
            collection: UInt64(number), points: Self.ownPoints,
            body: [UInt8](repeating: 1, count: 20), isCompressed: false)
        guard (try? spool.store(batch)) != nil else { return }
        account.stored += Self.ownPoints
    }

    /// Each batch is sent once, those of one directory in their order. Not so where a disk says of
    /// a file that is there that it is not: the batch is found again.
    private mutating func send() {
        while let found = (try? spool.next()) ?? nil {
            let directory = found.directory.name
            precondition(found.batch.points == Int(found.name.points))
            let isNew = sent.insert(Sent(directory: directory, name: found.name)).inserted
            let isInOrder = last[directory].map { !(found.name < $0) } ?? true
            precondition(isNew && isInOrder || plan.fault?.code == ENOENT, found.name.text)
            last[directory] = found.name
            if spool.finish(found) {
                account.delivered += found.batch.points
                account.inherited += found.isInherited ? found.batch.points : 0
            }
            take(spool.takeChange())
        }
        take(spool.takeChange())
    }
}
