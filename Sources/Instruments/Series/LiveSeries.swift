/// The series that a table finds and reports: those of its index, at most `limit`, and the overflow
/// series beside them.
///
/// Used under the lock of the table.
struct LiveSeries {
    private let limit: Int
    /// The series by their attributes; nil while there is none.
    private var index: SeriesIndex?
    private(set) var overflow: Series?
    private var refused = DistinctEstimate()
    /// All series in the order of their attributes; nil when one has come or gone.
    private(set) var sorted: [Series]?
    /// What threads without the lock may still look at; freed after a grace period.
    private var retired = Retirement()

    init(limit: Int) {
        self.limit = limit
    }

    /// How many series there are, the overflow series left out.
    var count: Int { index?.count ?? 0 }

    /// Whether one more set gets a series of its own.
    var hasRoom: Bool { count < limit }

    /// All series but the overflow series, in no order.
    var own: [Series] {
        var own: [Series] = []
        own.reserveCapacity(count + 1)
        index?.forEach { own.append($0) }
        return own
    }

    /// All series, in no order.
    var all: [Series] {
        var all = own
        if let overflow { all.append(overflow) }
        return all
    }

    /// An estimate of how many different sets found no room.
    var refusedSets: Int { refused.count }

    /// The series of a set; the overflow series has no set of its own here.
    func find(_ attributes: AttributeSet) -> Series? { index?.find(attributes) }

    /// Whether a set has no series, and `insert` would add one without a larger index.
    func takes(_ attributes: AttributeSet) -> Bool {
        guard let index, index.count < limit, !index.isFull else { return false }
        return !index.contains(attributes) && attributes != SeriesTable.overflowAttributes
    }

    /// The series that measurements of a set go to without making one.
    mutating func known(_ attributes: AttributeSet) -> Series? {
        if let found = index?.find(attributes) { return found }
        let isOverflow = attributes == SeriesTable.overflowAttributes
        guard isOverflow || !hasRoom else { return nil }
        if !isOverflow { refused.insert(hash: attributes.attributeHash) }
        return overflow
    }

    /// Adds a series whose set has none.
    ///
    /// - Parameter publish: lets readers without the lock find a new index instead of the old one.
    mutating func insert(_ new: Series, publish: (SeriesIndex) -> Void) {
        sorted = nil
        if let index, !index.isFull { return index.insert(new) }
        let larger = SeriesIndex(taking: index, adding: 1)
        larger.insert(new)
        publish(larger)
        if let index {
            // From now on nobody begins to read the old index. A table that grows leaves nothing
            // behind that waits for a collection.
            retired.add(index)
            retired.advance()
        }
        index = larger
    }

    /// Takes out a series that the index holds.
    mutating func remove(_ series: Series) {
        guard let removed = index?.remove(series.attributes) else { return }
        sorted = nil
        retired.add(removed)
    }

    /// Frees what was taken out and is not read any more.
    mutating func advanceRetirement() { retired.advance() }

    mutating func setOverflow(_ series: Series?) {
        overflow = series
        sorted = nil
    }

    /// Remembers an order, unless series have come or gone since it was made.
    mutating func remember(sorted series: [Series]) {
        let isUnchanged =
            count + (overflow == nil ? 0 : 1) == series.count
            && series.allSatisfy { overflow === $0 || index?.find($0.attributes) === $0 }
        if isUnchanged { sorted = series }
    }
}
