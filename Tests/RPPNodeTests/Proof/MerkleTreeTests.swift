import Testing

@testable import rpp_node

struct MerkleTreeTests {
    @Test func everyLeafIsProvenAtItsPlaceAndNowhereElse() {
        let leaves = (0..<16).map { MerkleHash.leaf(Goldilocks(UInt64($0))) }
        let tree = MerkleTree(leaves: leaves)
        for place in 0..<16 {
            let path = tree.path(to: place)
            for other in 0..<16 {
                let isProven = MerkleTree.verify(
                    leaves[place], at: other, path: path, root: tree.root)
                #expect(isProven == (place == other))
            }
            let isOutside = MerkleTree.verify(
                leaves[place], at: place + 16, path: path, root: tree.root)
            #expect(!isOutside)
        }
    }
}
