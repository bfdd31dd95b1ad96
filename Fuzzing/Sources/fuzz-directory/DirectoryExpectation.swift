@testable import OTelEmitter

/// What has to become of the things in a spool's directory, found by looking at all of them.
struct DirectoryExpectation {
    /// Something that has to be where it is, as it is.
    private struct Place {
        let directory: Int
        let name: String
        let node: Int
        let bytes: [UInt8]
    }

    private let disk: ListedDisk
    private let root: Int?
    /// What nobody may touch, whatever fails and whatever is given up.
    private var foreign: [Place] = []
    /// What stays unless it is given up for its age or for want of room.
    private var setAside: [Place] = []
    /// Directories of which nothing stays if nothing is in the way.
    private var emptied: [String] = []
    /// The names that there were.
    private let names: Set<String>
    /// Data points that the names of adopted batches tell, those apart that are left alone.
    private(set) var adoptedPoints = 0
    /// Those of batches that can be sent.
    private(set) var soundPoints = 0

    init(_ plan: DirectoryPlan) {
        disk = plan.disk
        root = plan.root
        names = Set(root.map { plan.disk.list($0) } ?? [])
        guard let root else { return }
        for name in names {
            guard let node = disk.nodes[root].names[name] else { continue }
            let isIncarnation =
                SpoolIncarnationName.isValid(name) && disk.nodes[node].kind == .directory
            if isIncarnation, isAdopted(node, adoptsUnlocked: plan.adoptsUnlocked) {
                look(name, node)
            } else {
                keep(name, node, in: root)
            }
        }
    }

    /// Whether this process may take the directory: its owner is dead for certain.
    private func isAdopted(_ directory: Int, adoptsUnlocked: Bool) -> Bool {
        let names = disk.nodes[directory].names
        guard !disk.nodes[directory].isLockless else { return false }
        guard names[SpoolName.unlocked] == nil || adoptsUnlocked else { return false }
        guard let lock = names[SpoolName.lock].map({ disk.nodes[$0] }) else { return true }
        return lock.holder == nil && (lock.kind == .file || lock.kind == .pipe)
    }

    /// A whole tree that is not this process's.
    private mutating func keep(_ name: String, _ node: Int, in directory: Int) {
        foreign.append(place(name, node, in: directory))
        for (name, child) in disk.nodes[node].names { keep(name, child, in: node) }
    }

    private func place(_ name: String, _ node: Int, in directory: Int) -> Place {
        Place(directory: directory, name: name, node: node, bytes: disk.nodes[node].bytes)
    }

    private mutating func look(_ incarnation: String, _ directory: Int) {
        var isEmptied = true
        for (name, node) in disk.nodes[directory].names {
            let found = disk.nodes[node]
            if let batch = SpoolName(name) {
                switch found.kind == .file ? SpoolFormat.decode(found.bytes, batch) : .foreign {
                case .batch:
                    adoptedPoints += Int(batch.points)
                    soundPoints += Int(batch.points)
                case .damaged: adoptedPoints += Int(batch.points)
                case .foreign:
                    isEmptied = false
                    // It may be a batch of this version: unread it is lost to this process.
                    if found.kind == .forbidden { adoptedPoints += Int(batch.points) }
                    setAside.append(place(name, node, in: directory))
                }
            } else if [SpoolName.lock, SpoolName.unlocked, SpoolName.temporary].contains(name) {
                if found.kind == .directory { isEmptied = false }
            } else {
                isEmptied = false
                keep(name, node, in: directory)
            }
        }
        if isEmptied { emptied.append(incarnation) }
    }

    /// Nothing foreign was touched; if nothing was in the way, nothing of the spool's is left.
    func check(isUndisturbed: Bool) {
        for place in foreign + (isUndisturbed ? setAside : []) {
            let isThere = disk.nodes[place.directory].names[place.name] == place.node
            precondition(isThere, "\(place.name) was removed")
            precondition(disk.nodes[place.node].bytes == place.bytes, "\(place.name) was changed")
        }
        guard isUndisturbed, let root = disk.nodes[ListedDisk.top].names[DirectoryPlan.path] else {
            return
        }
        let left = Set(disk.list(root))
        precondition(left.isSubset(of: names), "it leaves \(left.subtracting(names))")
        precondition(left.isDisjoint(with: emptied), "\(left.intersection(emptied)) stay")
    }
}
