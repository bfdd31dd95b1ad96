/// The batches that wait, in order of collection, within a bound of bytes.
///
/// When a new collection does not fit, the oldest waiting ones are given up, whole: cumulative
/// points of a newer collection carry their values, so resolution is lost and no value. The newest
/// collection is always kept.
struct BatchQueue: Sendable {
    /// What had to make room.
    struct Superseded: Equatable {
        private(set) var points = 0
        /// The first and the last collection of which something is gone; nil if nothing is.
        private(set) var collections: ClosedRange<UInt64>?

        mutating func add(_ batch: Batch) {
            points += batch.points
            let first = collections?.lowerBound ?? batch.collection
            collections = first...batch.collection
        }
    }

    /// Those that are gone are nil, so that their memory is free at once.
    private var batches: [Batch?] = []
    private var head = 0
    private let byteLimit: Int

    /// Data points that wait.
    private(set) var points = 0
    /// Bytes that wait.
    private(set) var bytes = 0

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var isEmpty: Bool { head == batches.count }

    var first: Batch? { self[0] }

    /// Whether the bound is reached, so that a further batch would push an older one out.
    var isFull: Bool { !isEmpty && bytes >= byteLimit }

    /// Adds a batch, and answers what was superseded to make room.
    ///
    /// - Parameters:
    ///   - givingUpOld: false where older batches hold what no newer one does.
    ///   - isFirstKept: whether the first batch stays: parts of it are decided already.
    mutating func enqueue(
        _ batch: Batch, givingUpOld: Bool = true, isFirstKept: Bool = false
    ) -> Superseded {
        let oldestPlace = isFirstKept && !isEmpty ? 1 : 0
        batches.append(batch)
        points += batch.points
        bytes += batch.body.count
        var superseded = Superseded()
        while givingUpOld, bytes > byteLimit, let oldest = self[oldestPlace],
            oldest.collection < batch.collection
        {
            while let next = self[oldestPlace], next.collection == oldest.collection {
                superseded.add(next)
                batches.swapAt(head, head + oldestPlace)
                removeFirst()
            }
        }
        return superseded
    }

    /// The batch at a place from the front; nil if there is none.
    private subscript(place: Int) -> Batch? {
        place < batches.count - head ? batches[head + place] : nil
    }

    /// Forgets the first batch: it is delivered or lost.
    mutating func removeFirst() {
        guard let batch = first else { return }
        points -= batch.points
        bytes -= batch.body.count
        batches[head] = nil
        head += 1
        // The front is cut off now and then, so that removing costs constant time on average.
        if head > 32, head * 2 > batches.count {
            batches.removeFirst(head)
            head = 0
        }
    }
}
