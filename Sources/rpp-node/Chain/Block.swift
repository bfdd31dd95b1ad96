internal import RPPTelemetry

/// A block of the chain. Its hash covers the header, and the header covers the transactions.
struct Block: Equatable, Sendable {
    static let maximumTransactions = 256

    let height: UInt64
    let parent: Digest
    let proposer: UInt8
    let transactions: [Transaction]
    let hash: Digest

    init(height: UInt64, parent: Digest, proposer: UInt8, transactions: [Transaction]) {
        self.height = height
        self.parent = parent
        self.proposer = proposer
        self.transactions = transactions
        hash = SHA256.hash(
            Self.header(height, parent, proposer, Self.digest(of: transactions)))
    }

    /// What the block's proof must be about.
    var statement: Statement {
        Statement(kind: .consensus, subject: hash.bytes)
    }

    func encodedHeader() -> [UInt8] {
        Self.header(height, parent, proposer, Self.digest(of: transactions))
    }

    /// Writes everything except the transactions' digest, which follows from the transactions.
    func encode(into writer: inout ByteWriter) {
        writer.write(height)
        writer.write(parent)
        writer.write(proposer)
        writer.write(UInt32(truncatingIfNeeded: transactions.count))
        for transaction in transactions { transaction.encode(into: &writer) }
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        let height = try reader.readUInt64()
        let parent = try reader.readDigest()
        let proposer = try reader.readUInt8()
        let count = try reader.readUInt32()
        guard count <= Self.maximumTransactions else { throw .limitExceeded }
        var transactions: [Transaction] = []
        for _ in 0..<count { transactions.append(try Transaction(from: &reader)) }
        self.init(
            height: height, parent: parent, proposer: proposer, transactions: transactions)
    }

    private static func digest(of transactions: [Transaction]) -> Digest {
        var writer = ByteWriter()
        for transaction in transactions { transaction.encode(into: &writer) }
        return SHA256.hash(writer.bytes)
    }

    private static func header(
        _ height: UInt64, _ parent: Digest, _ proposer: UInt8, _ transactions: Digest
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(height)
        writer.write(parent)
        writer.write(proposer)
        writer.write(transactions)
        return writer.bytes
    }
}

/// A block together with the proof that makes it acceptable.
struct ProvenBlock: Equatable, Sendable {
    let block: Block
    let proof: [UInt8]
}
