/// The batches that wait, in order of collection, within a bound of bytes.
///
/// When a new collection does not fit, the oldest waiting ones are given up, whole: cumulative
/// points of a newer collection carry their values, so resolution is lost and no value. The newest
/// collection is always kept.
struct BatchQueue: Sendable {
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

    var first: Batch? { isEmpty ? nil : batches[head] }

    /// Whether the bound is reached, so that a further batch would push an older one out.
    var isFull: Bool { bytes >= byteLimit }

    /// Adds a batch, and answers how many data points were superseded to make room.
    ///
    /// - Parameters:
    ///   - givingUpOld: false where older batches hold what no newer one does.
    ///   - isFirstKept: whether the first batch stays: parts of it are decided already.
    mutating func enqueue(
        _ batch: Batch, givingUpOld: Bool = true, isFirstKept: Bool = false
    ) -> Int {
        let kept = isFirstKept ? first : nil
        if kept != nil { removeFirst() }
        defer { if let kept { putFirst(kept) } }
        batches.append(batch)
        points += batch.points
        bytes += batch.body.count
        let limit = byteLimit - (kept?.body.count ?? 0)
        var superseded = 0
        while givingUpOld, bytes > limit, let oldest = first, oldest.collection < batch.collection {
            let collection = oldest.collection
            while let next = first, next.collection == collection {
                superseded += next.points
                removeFirst()
            }
        }
        return superseded
    }

    private mutating func putFirst(_ batch: Batch) {
        points += batch.points
        bytes += batch.body.count
        if head > 0 {
            head -= 1
            batches[head] = batch
        } else {
            batches.insert(batch, at: 0)
        }
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
