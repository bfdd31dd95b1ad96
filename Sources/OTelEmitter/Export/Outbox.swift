/// Where batches wait until they are delivered or lost: in memory, and on disk if a spool is
/// configured. Each is owned by exactly one of the two.
///
/// What is on disk is older than what is in memory. While deliveries work and nothing is on disk,
/// new batches are sent from memory; otherwise they go to disk behind the others, so that order is
/// strict. Only what earlier processes left is overtaken, and not a batch of which a part is
/// decided. If the disk refuses, batches stay in memory.
struct Outbox {
    /// A batch that is about to be sent, and who owns it.
    enum Held {
        case inMemory(Batch)
        case onDisk(SpooledBatch)

        var batch: Batch {
            switch self {
            case .inMemory(let batch): batch
            case .onDisk(let spooled): spooled.batch
            }
        }

        /// Whether an earlier process left it.
        var isInherited: Bool {
            if case .onDisk(let spooled) = self { spooled.isInherited } else { false }
        }
    }

    /// What a move to disk achieved.
    struct Spill: Equatable {
        var points = 0
        var trouble: SpoolError?
    }

    private var memory: BatchQueue
    private let spool: Spool?
    /// The collections of this process's batches on disk, oldest first; those that the spool has
    /// given up stand at the front.
    private var storedCollections: [UInt64] = []
    /// Whether deliveries fail, so that what waits belongs on disk.
    private(set) var isFailing = false
    /// What `next` gave last, until it is finished, moved or given up.
    private(set) var inHand: Held?

    init(byteLimit: Int, spool: Spool?) {
        memory = BatchQueue(byteLimit: byteLimit)
        self.spool = spool
    }

    /// Data points that wait.
    var points: Int { memory.points + pointsOnDisk }

    /// Data points that wait on disk.
    var pointsOnDisk: Int { (spool?.own.points ?? 0) + (spool?.inherited.points ?? 0) }

    /// Whether nothing of this process waits.
    var isEmpty: Bool { memory.isEmpty && !hasOwnOnDisk }

    /// Whether nothing waits, not even of earlier processes.
    var isDrained: Bool { isEmpty && spool?.inherited.batches ?? 0 == 0 }

    /// Whether a further batch would push an older one out of memory.
    var isFull: Bool { memory.isFull }

    private var hasOwnOnDisk: Bool { spool?.own.batches ?? 0 > 0 }

    /// The collection of the oldest batch of this process that waits; nil if none does.
    var oldestCollection: UInt64? {
        let stored = spool?.own.batches ?? 0
        return storedCollections.suffix(stored).first ?? memory.first?.collection
    }

    /// How many collections it keeps the numbers of: in proportion to the batches on disk.
    var rememberedCollections: Int { storedCollections.count }

    /// Adds a batch, and answers what was superseded to make room.
    ///
    /// - Parameter isHandKept: whether the batch in hand stays: parts of it are decided already.
    mutating func add(
        _ batch: Batch, givingUpOld: Bool, isHandKept: Bool
    ) -> BatchQueue.Superseded {
        guard case .inMemory = inHand else {
            return memory.enqueue(batch, givingUpOld: givingUpOld)
        }
        let superseded = memory.enqueue(
            batch, givingUpOld: givingUpOld, isFirstKept: isHandKept)
        if superseded.points > 0, !isHandKept { inHand = nil }
        return superseded
    }

    /// Whether the batch to send next is on disk.
    var nextIsOnDisk: Bool { hasOwnOnDisk || memory.isEmpty }

    /// The batch to send next; it stays where it is.
    ///
    /// - Parameter isHandKept: whether it has to be the one that was given last, if that still waits:
    ///   parts of it are decided, or somebody has refused it.
    mutating func next(isHandKept: Bool) throws(SpoolError) -> Held? {
        if isHandKept, let inHand { return inHand }
        inHand = nil
        inHand = try choose()
        return inHand
    }

    /// Whether the batch that it gave last lies on disk.
    var handIsOnDisk: Bool { if case .onDisk = inHand { true } else { false } }

    /// The disk has given up the batch that it gave last. False if that was not in hand.
    mutating func handWasGivenUp() -> Bool {
        guard handIsOnDisk else { return false }
        inHand = nil
        return true
    }

    private func choose() throws(SpoolError) -> Held? {
        if hasOwnOnDisk, let spooled = try spool?.next() { return .onDisk(spooled) }
        if let batch = memory.first { return .inMemory(batch) }
        return try spool?.next().map { .onDisk($0) }
    }

    /// Forgets a batch: it is delivered or lost.
    mutating func finish(_ held: Held) {
        inHand = nil
        switch held {
        case .inMemory: memory.removeFirst()
        case .onDisk(let spooled):
            spool?.finish(spooled)
            trimStoredCollections()
        }
    }

    /// Those that are sent or given up are cut off now and then, so that it costs constant time on
    /// average.
    private mutating func trimStoredCollections() {
        let stored = spool?.own.batches ?? 0
        if storedCollections.count > 2 * stored + 32 {
            storedCollections.removeFirst(storedCollections.count - stored)
        }
    }

    /// An attempt failed, or one succeeded.
    mutating func deliveries(areFailing: Bool) {
        isFailing = areFailing
    }

    /// Whether batches in memory belong on disk now.
    var wantsSpill: Bool { spool != nil && !memory.isEmpty && (isFailing || hasOwnOnDisk) }

    /// Moves batches from memory to disk, the oldest first, as long as `goesOn`.
    mutating func spill(while goesOn: () -> Bool) -> Spill {
        var spill = Spill()
        guard let spool else { return spill }
        while let batch = memory.first, goesOn() {
            do throws(SpoolError) {
                let stored = try spool.store(batch)
                memory.removeFirst()
                storedCollections.append(batch.collection)
                if case .inMemory = inHand {
                    // It is the first on disk now, and may be given up there.
                    inHand = .onDisk(stored)
                    spool.current = stored
                }
                trimStoredCollections()
                spill.points += batch.points
            } catch {
                spill.trouble = error
                return spill
            }
        }
        return spill
    }
}
