import Glibc
import TestSupport

@testable import OTelEmitter

/// A disk in memory that forgets what was not synced, and the processes that use it.
///
/// A file's bytes stay if they were synced; names stay if their directory was synced after they
/// were given. Of all else a loss of power keeps any part, as file systems do.
// SAFETY: a test makes a disk and uses it on one thread alone.
final class SimulatedDisk: @unchecked Sendable {
    struct Node {
        var isDirectory: Bool
        var bytes: [UInt8] = []
        var syncedBytes: [UInt8] = []
        var names: [String: Int] = [:]
        var syncedNames: [String: Int] = [:]
        /// What has changed in `names` since the last sync.
        var changes: [Change] = []
        var isRemoved = false
    }

    /// One atomic change of a directory.
    struct Change {
        var removed: String?
        var added: (name: String, node: Int)?
    }

    private(set) var nodes = [Node(isDirectory: true)]
    /// Who holds the lock of a file: process and descriptor.
    var locks: [Int: SimulatedProcess.Descriptor] = [:]
    /// Whether files can be locked at all.
    var hasLocks = true

    func update<Result>(_ node: Int, _ body: (inout Node) -> Result) -> Result {
        body(&nodes[node])
    }

    func make(directory: Bool) -> Int {
        nodes.append(Node(isDirectory: directory))
        return nodes.count - 1
    }

    /// Changes the names in a directory.
    func change(_ directory: Int, remove: String? = nil, add: (name: String, node: Int)? = nil) {
        update(directory) { node in
            node.apply(Change(removed: remove, added: add))
            node.changes.append(Change(removed: remove, added: add))
        }
    }

    func sync(_ node: Int) {
        update(node) { node in
            node.syncedBytes = node.bytes
            node.syncedNames = node.names
            node.changes = []
        }
    }

    /// What a path leads to, from a directory on.
    func find(_ path: String, from directory: Int) throws(ErrorNumber) -> Int {
        var found = path.hasPrefix("/") ? 0 : directory
        for part in path.split(separator: "/") {
            guard nodes[found].isDirectory else { throw ErrorNumber(ENOTDIR) }
            guard let next = nodes[found].names[String(part)] else { throw ErrorNumber(ENOENT) }
            found = next
        }
        return found
    }

    /// The power fails: of what was not synced any part stays, and no process goes on.
    func losePower(_ random: inout SeededRandom) {
        locks = [:]
        for index in nodes.indices {
            update(index) { node in
                var names = node.syncedNames
                for change in node.changes where random.oneIn(2) {
                    change.removed.map { _ = names.removeValue(forKey: $0) }
                    change.added.map { names[$0.name] = $0.node }
                }
                node.names = names
                // A directory whose removal is forgotten is there again.
                node.isRemoved = false
                if node.bytes != node.syncedBytes {
                    node.bytes = Self.damaged(node, &random)
                }
                (node.syncedNames, node.syncedBytes, node.changes) = (names, node.bytes, [])
            }
        }
    }

    private static func damaged(_ node: Node, _ random: inout SeededRandom) -> [UInt8] {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return node.syncedBytes
        case 1: return node.bytes
        case 2: return [UInt8](repeating: 0, count: node.bytes.count)
        default:
            return Array(node.bytes.prefix(Int.random(in: 0...node.bytes.count, using: &random)))
        }
    }
}

extension SimulatedDisk.Node {
    mutating func apply(_ change: SimulatedDisk.Change) {
        if let removed = change.removed { names[removed] = nil }
        if let added = change.added { names[added.name] = added.node }
    }
}
