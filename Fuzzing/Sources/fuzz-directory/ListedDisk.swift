import Glibc

@testable import OTelEmitter

/// A disk in memory: directories, files, and what else may have a name, with their locks.
// SAFETY: each input has a disk of its own and uses it on one thread alone.
final class ListedDisk: @unchecked Sendable {
    enum Kind: CaseIterable {
        case directory, file, link, pipe, socket
        /// A file or directory of another user.
        case forbidden
    }

    struct Node {
        var kind: Kind
        var bytes: [UInt8] = []
        var names: [String: Int] = [:]
        /// The names in the order in which the disk lists them, and some that are gone.
        var listing: [String] = []
        /// Who has locked it: a descriptor, or `stranger`.
        var holder: Int32?
        /// Whether it lies on a file system without locks; so does what is made in it.
        var isLockless = false
        var isRemoved = false
    }

    /// A process that is not this one.
    static let stranger: Int32 = -1
    /// The directory that the relative path of a spool starts from.
    static let top = 0

    private(set) var nodes = [Node(kind: .directory)]
    /// How often names or bytes have changed.
    private(set) var changes = 0

    /// Puts something in a directory, unless it has something of that name.
    @discardableResult
    func add(
        _ kind: Kind, _ name: String, in directory: Int, bytes: [UInt8] = [],
        holder: Int32? = nil, isLockless: Bool = false
    ) -> Int? {
        guard nodes[directory].kind == .directory, nodes[directory].names[name] == nil else {
            return nil
        }
        changes += 1
        nodes.append(
            Node(
                kind: kind, bytes: bytes, holder: holder,
                isLockless: isLockless || nodes[directory].isLockless))
        link(nodes.count - 1, name, in: directory)
        return nodes.count - 1
    }

    private func link(_ node: Int, _ name: String, in directory: Int) {
        nodes[directory].names[name] = node
        nodes[directory].listing.append(name)
    }

    func find(_ name: String, in directory: Int) throws(ErrorNumber) -> Int {
        guard let found = nodes[directory].names[name] else { throw ErrorNumber(ENOENT) }
        return found
    }

    /// The names in a directory; those that were given to something else since stand last.
    func list(_ directory: Int) -> [String] {
        nodes[directory].listing.filter { nodes[directory].names[$0] != nil }
    }

    func unlink(_ name: String, in directory: Int) {
        changes += 1
        if let node = nodes[directory].names.removeValue(forKey: name) {
            nodes[node].isRemoved = true
        }
        nodes[directory].listing.removeAll { $0 == name }
    }

    func rename(_ old: String, _ new: String, in directory: Int) throws(ErrorNumber) {
        let node = try find(old, in: directory)
        unlink(old, in: directory)
        if nodes[directory].names[new] != nil { unlink(new, in: directory) }
        nodes[node].isRemoved = false
        link(node, new, in: directory)
    }

    func write(_ bytes: some Sequence<UInt8>, to node: Int) {
        changes += 1
        nodes[node].bytes += bytes
    }

    func truncate(_ node: Int) {
        if !nodes[node].bytes.isEmpty { changes += 1 }
        nodes[node].bytes = []
    }

    func setHolder(_ holder: Int32?, of node: Int) { nodes[node].holder = holder }
}
