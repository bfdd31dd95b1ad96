import Testing

@testable import rpp_node

struct ChainTests {
    private func payment(_ amount: UInt64, nonce: UInt64 = 0) -> Transaction {
        Transaction(sender: 0, receiver: 1, amount: amount, nonce: nonce)
    }

    @Test func paymentsMoveMoneyAndNeverMakeAny() {
        var chain = Chain(seed: 1)
        let block = Block(
            height: 1, parent: chain.head, proposer: 0,
            transactions: [
                payment(400_000), payment(700_000, nonce: 1),
                Transaction(sender: 200, receiver: 1, amount: 1, nonce: 2),
            ])
        #expect(chain.isNext(block))
        chain.append(ProvenBlock(block: block, proof: []))
        #expect(chain.balances[0] == 600_000)
        #expect(chain.balances[1] == 1_400_000)
        #expect(chain.balances.reduce(0, +) == 16_000_000)
        #expect(chain.histories[0].count == 1)
        #expect(chain.head == block.hash)
        #expect(!chain.isNext(block))
    }

    @Test func mempoolKeepsOrderRefusesDoublesAndHasALimit() {
        var mempool = Mempool()
        for nonce in 0..<UInt64(Mempool.maximumTransactions) {
            let isTaken = mempool.add(payment(1, nonce: nonce))
            #expect(isTaken)
        }
        let isTaken = mempool.add(payment(1, nonce: 9999))
        #expect(!isTaken)
        mempool.remove([payment(1, nonce: 0), payment(1, nonce: 2)])
        let double = mempool.add(payment(1, nonce: 1))
        #expect(!double)
        #expect(mempool.next(2) == [payment(1, nonce: 1), payment(1, nonce: 3)])
        #expect(mempool.count == Mempool.maximumTransactions - 2)
    }

    @Test func blockHashCoversTheTransactions() {
        let one = Block(height: 1, parent: .zero, proposer: 0, transactions: [payment(1)])
        let two = Block(height: 1, parent: .zero, proposer: 0, transactions: [payment(2)])
        #expect(one.hash != two.hash)
        #expect(one.statement != two.statement)
    }
}
