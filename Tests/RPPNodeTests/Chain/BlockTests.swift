import Testing

@testable import rpp_node

struct BlockTests {
    private func make(transactions count: Int, height: UInt64 = 9) -> Block {
        let transactions = (0..<count).map { number in
            Transaction(
                sender: UInt8(number % 16), receiver: 1, amount: 5, nonce: UInt64(number))
        }
        return Block(
            height: height, parent: SHA256.hash([1]), proposer: 3, transactions: transactions)
    }

    @Test(arguments: [0, 1, Block.maximumTransactions])
    func aBlockComesBackWithItsHash(transactions: Int) throws {
        let block = make(transactions: transactions)
        var reader = ByteReader(block.encoded())
        let decoded = try Block(from: &reader)
        try reader.finish()
        #expect(decoded == block && decoded.hash == block.hash)
    }

    @Test func moreTransactionsThanTheLimitAreRefusedBeforeTheyAreRead() {
        var writer = ByteWriter()
        writer.write(UInt64(1))
        writer.write(Digest.zero)
        writer.write(UInt8(0))
        writer.write(UInt32.max)
        var reader = ByteReader(writer.bytes)
        #expect(throws: DecodingFailure.limitExceeded) { try Block(from: &reader) }
    }

    @Test func everyTruncatedBlockIsRefused() {
        let bytes = make(transactions: 2).encoded()
        for length in 0..<bytes.count {
            var reader = ByteReader(bytes[..<length])
            #expect(throws: DecodingFailure.truncated) { try Block(from: &reader) }
        }
    }

    @Test func theHashCoversTheHeader() {
        let block = make(transactions: 1)
        #expect(block.hash == SHA256.hash(block.encodedHeader()))
        #expect(block.hash != make(transactions: 1, height: 10).hash)
        #expect(block.hash != make(transactions: 2).hash)
    }
}
