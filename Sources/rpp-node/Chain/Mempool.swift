/// The transactions that wait for a block, in the order of their arrival.
struct Mempool: Sendable {
    static let maximumTransactions = 1024

    private var waiting: [Transaction] = []
    private var known: Set<Transaction> = []

    var count: Int { waiting.count }

    /// Adds a transaction. Returns false if it is already there or the mempool is full.
    mutating func add(_ transaction: Transaction) -> Bool {
        guard waiting.count < Self.maximumTransactions, known.insert(transaction).inserted else {
            return false
        }
        waiting.append(transaction)
        return true
    }

    func next(_ count: Int) -> [Transaction] {
        Array(waiting.prefix(count))
    }

    mutating func remove(_ sealed: [Transaction]) {
        known.subtract(sealed)
        waiting.removeAll { !known.contains($0) }
    }
}
