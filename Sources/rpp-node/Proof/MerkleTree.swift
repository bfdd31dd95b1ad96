/// A binary Merkle tree over field elements.
struct MerkleTree: Sendable {
    /// The nodes in heap order: the root at 1, the children of `i` at `2i` and `2i + 1`.
    private var nodes: [Digest]
    private let leafCount: Int

    /// The number of leaves must be a power of two.
    init(leaves: [Digest]) {
        leafCount = leaves.count
        nodes = Array(repeating: .zero, count: leaves.count) + leaves
        for index in stride(from: leafCount - 1, through: 1, by: -1) {
            nodes[index] = MerkleHash.node(nodes[2 * index], nodes[2 * index + 1])
        }
    }

    var root: Digest { nodes[1] }

    /// The siblings from the leaf at `position` up to the root.
    func path(to position: Int) -> [Digest] {
        var path: [Digest] = []
        var index = leafCount + position
        while index > 1 {
            path.append(nodes[index ^ 1])
            index /= 2
        }
        return path
    }

    /// Whether `leaf` is at `position` in the tree with this root.
    static func verify(
        _ leaf: Digest, at position: Int, path: [Digest], root: Digest
    ) -> Bool {
        var digest = leaf
        var index = position
        for sibling in path {
            digest =
                index & 1 == 0
                ? MerkleHash.node(digest, sibling) : MerkleHash.node(sibling, digest)
            index >>= 1
        }
        return index == 0 && digest == root
    }
}

/// The hashes of leaves and nodes. Each takes one compression, because its length is fixed.
///
/// Leaves and nodes have different initial states, so that a node can never be passed off as a
/// leaf.
enum MerkleHash {
    private static let leafState = SHA256.initialState ^ SHA256.State(repeating: 0x6C65_6166)
    private static let nodeState = SHA256.initialState ^ SHA256.State(repeating: 0x6E6F_6465)

    static func leaf(_ first: Goldilocks, _ second: Goldilocks = .zero) -> Digest {
        var block = SHA256.Block(repeating: 0)
        block[0] = UInt32(truncatingIfNeeded: first.value >> 32)
        block[1] = UInt32(truncatingIfNeeded: first.value)
        block[2] = UInt32(truncatingIfNeeded: second.value >> 32)
        block[3] = UInt32(truncatingIfNeeded: second.value)
        var state = leafState
        SHA256.compress(&state, block)
        return Digest(words: state)
    }

    static func node(_ left: Digest, _ right: Digest) -> Digest {
        var block = SHA256.Block(repeating: 0)
        for index in 0..<8 {
            block[index] = left.words[index]
            block[index + 8] = right.words[index]
        }
        var state = nodeState
        SHA256.compress(&state, block)
        return Digest(words: state)
    }
}
