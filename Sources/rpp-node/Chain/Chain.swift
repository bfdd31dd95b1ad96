/// The sealed chain of one validator: its head, its accounts and its latest blocks.
struct Chain: Sendable {
    static let accounts = 16
    static let openingBalance: UInt64 = 1_000_000
    /// Older blocks are forgotten, so a validator that is further behind can't catch up.
    static let maximumRecentBlocks = 64
    /// Older payments of an account are forgotten.
    static let maximumHistory = 32

    private(set) var height: UInt64 = 0
    private(set) var head: Digest
    private(set) var balances = [UInt64](repeating: openingBalance, count: accounts)
    private(set) var histories = [[Transaction]](repeating: [], count: accounts)
    private(set) var recent: [ProvenBlock] = []

    /// The genesis hash depends on the seed alone.
    init(seed: UInt64) {
        var writer = ByteWriter()
        writer.write(Array("rpp-node genesis".utf8))
        writer.write(seed)
        head = SHA256.hash(writer.bytes)
    }

    func recentBlock(_ height: UInt64) -> ProvenBlock? {
        recent.last { $0.block.height == height }
    }

    func isNext(_ block: Block) -> Bool {
        block.height == height + 1 && block.parent == head
    }

    static func isWellFormed(_ transaction: Transaction) -> Bool {
        transaction.sender < accounts && transaction.receiver < accounts
            && transaction.sender != transaction.receiver && transaction.amount > 0
    }

    mutating func append(_ sealed: ProvenBlock) {
        height = sealed.block.height
        head = sealed.block.hash
        recent.append(sealed)
        if recent.count > Self.maximumRecentBlocks { recent.removeFirst() }
        for transaction in sealed.block.transactions { apply(transaction) }
    }

    /// A payment that the balance does not cover has no effect.
    private mutating func apply(_ transaction: Transaction) {
        let (sender, receiver) = (Int(transaction.sender), Int(transaction.receiver))
        guard Self.isWellFormed(transaction), balances[sender] >= transaction.amount else {
            return
        }
        balances[sender] -= transaction.amount
        balances[receiver] += transaction.amount
        for account in [sender, receiver] {
            histories[account].append(transaction)
            if histories[account].count > Self.maximumHistory {
                histories[account].removeFirst()
            }
        }
    }
}
