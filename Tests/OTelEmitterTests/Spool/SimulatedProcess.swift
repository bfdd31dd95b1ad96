import Glibc

@testable import OTelEmitter

/// A process that uses a simulated disk: it can be made to fail or die at any of its calls.
// SAFETY: a test makes a process and uses it on one thread alone.
final class SimulatedProcess: @unchecked Sendable {
    struct Descriptor: Equatable {
        let process: ObjectIdentifier
        let number: Int32
    }

    private struct OpenFile {
        let node: Int
        var offset = 0
    }

    /// What happens at a call.
    enum Fault: Equatable {
        case fail(Int32)
        /// It does what it should, and says that it failed.
        case failAfterwards(Int32)
        /// This call and all that follow do nothing.
        case die
    }

    private let disk: SimulatedDisk
    private var open: [Int32: OpenFile] = [:]
    private var lastNumber: Int32 = 2
    private(set) var calls = 0
    private var isDead = false
    /// Asked before each call, with its number and its name.
    var fault: (_ call: Int, _ name: String) -> Fault? = { _, _ in nil }

    init(_ disk: SimulatedDisk) {
        self.disk = disk
    }

    /// Descriptors that are open.
    var openCount: Int { open.count }

    /// The system closes all that a dead process had open.
    func end() {
        isDead = true
        for number in open.keys { release(number) }
        open = [:]
    }

    private func release(_ number: Int32) {
        guard let node = open[number]?.node else { return }
        if disk.locks[node] == Descriptor(process: ObjectIdentifier(self), number: number) {
            disk.locks[node] = nil
        }
    }

    private func call<Result>(
        _ name: String, _ body: () throws(ErrorNumber) -> Result
    ) throws(ErrorNumber) -> Result {
        if isDead { throw ErrorNumber(EIO) }
        calls += 1
        switch fault(calls, name) {
        case .fail(let code): throw ErrorNumber(code)
        case .failAfterwards(let code):
            // Nobody gets to know a descriptor that an error hides, so there is none.
            if let number = try body() as? Int32, name == "open" { open[number] = nil }
            throw ErrorNumber(code)
        case .die:
            isDead = true
            throw ErrorNumber(EIO)
        case nil: return try body()
        }
    }

    private func node(_ number: Int32) throws(ErrorNumber) -> Int {
        if number == SpoolFiles.workingDirectory { return 0 }
        guard let file = open[number] else { throw ErrorNumber(EBADF) }
        return file.node
    }

    var files: SpoolFiles {
        SpoolFiles(
            makeDirectory: { [self] parent, name throws(ErrorNumber) in
                try call("mkdir") { () throws(ErrorNumber) in try makeDirectory(parent, name) }
            },
            open: { [self] parent, name, use throws(ErrorNumber) in
                try call("open") { () throws(ErrorNumber) in try openFile(parent, name, use) }
            },
            close: { [self] number throws(ErrorNumber) in
                // Whatever it says, the descriptor is gone.
                defer {
                    if !isDead {
                        release(number)
                        open[number] = nil
                    }
                }
                try call("close") {}
            },
            status: { [self] number throws(ErrorNumber) in
                try call("stat") { () throws(ErrorNumber) in
                    let found = try node(number)
                    return SpoolFiles.Status(
                        isRegular: !disk.nodes[found].isDirectory,
                        size: disk.nodes[found].bytes.count, identity: UInt64(found))
                }
            },
            read: { [self] number, buffer throws(ErrorNumber) in
                try call("read") { () throws(ErrorNumber) in try read(number, buffer) }
            },
            write: { [self] number, bytes throws(ErrorNumber) in
                try call("write") { () throws(ErrorNumber) in
                    let found = try node(number)
                    // Never all at once.
                    let part = bytes.prefix(max(bytes.count / 2, 1))
                    disk.update(found) { $0.bytes += part }
                    return part.count
                }
            },
            sync: { [self] number throws(ErrorNumber) in
                try call("sync") { () throws(ErrorNumber) in disk.sync(try node(number)) }
            },
            rename: { [self] parent, old, new throws(ErrorNumber) in
                try call("rename") { () throws(ErrorNumber) in
                    let directory = try node(parent)
                    let moved = try disk.find(old, from: directory)
                    disk.change(directory, remove: old, add: (new, moved))
                }
            },
            remove: { [self] parent, name throws(ErrorNumber) in
                try call("remove") { () throws(ErrorNumber) in
                    let directory = try node(parent)
                    let found = try disk.find(name, from: directory)
                    if disk.nodes[found].isDirectory { throw ErrorNumber(EISDIR) }
                    disk.change(directory, remove: name)
                }
            },
            removeDirectory: { [self] parent, name throws(ErrorNumber) in
                try call("rmdir") { () throws(ErrorNumber) in
                    let directory = try node(parent)
                    let found = try disk.find(name, from: directory)
                    guard disk.nodes[found].names.isEmpty else { throw ErrorNumber(ENOTEMPTY) }
                    disk.update(found) { $0.isRemoved = true }
                    disk.change(directory, remove: name)
                }
            },
            lock: { [self] number throws(ErrorNumber) in
                try call("lock") { () throws(ErrorNumber) in try lock(number) }
            },
            isLocked: { [self] number throws(ErrorNumber) in
                try call("isLocked") { () throws(ErrorNumber) in
                    disk.locks[try node(number)] != nil
                }
            },
            list: { [self] number throws(ErrorNumber) in
                let all = try call("list") { () throws(ErrorNumber) in
                    disk.nodes[try node(number)].names.keys.sorted()
                }
                var rest = all[...]
                return SpoolListing { [self] () throws(ErrorNumber) in
                    try call("readdir") { rest.popFirst() }
                }
            })
    }

    private func makeDirectory(_ parent: Int32, _ name: String) throws(ErrorNumber) {
        let parts = name.split(separator: "/").map(String.init)
        guard let last = parts.last else { throw ErrorNumber(EEXIST) }
        let above = parts.dropLast().joined(separator: "/")
        let directory = try disk.find(above, from: name.hasPrefix("/") ? 0 : node(parent))
        if disk.nodes[directory].names[last] != nil { throw ErrorNumber(EEXIST) }
        if disk.nodes[directory].isRemoved { throw ErrorNumber(ENOENT) }
        disk.change(directory, add: (last, disk.make(directory: true)))
    }

    private func openFile(
        _ parent: Int32, _ name: String, _ use: SpoolFiles.Use
    ) throws(ErrorNumber) -> Int32 {
        let directory = try node(parent)
        var found: Int
        do throws(ErrorNumber) {
            found = try disk.find(name, from: directory)
        } catch {
            let isMade = [.writing, .locking].contains(use) && !disk.nodes[directory].isRemoved
            guard isMade, error.code == ENOENT else { throw error }
            found = disk.make(directory: false)
            disk.change(directory, add: (name, found))
        }
        if [.directory, .root].contains(use), !disk.nodes[found].isDirectory {
            throw ErrorNumber(ENOTDIR)
        }
        if use == .writing { disk.update(found) { $0.bytes = [] } }
        lastNumber += 1
        open[lastNumber] = OpenFile(node: found)
        return lastNumber
    }

    private func read(
        _ number: Int32, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(ErrorNumber) -> Int {
        let bytes = disk.nodes[try node(number)].bytes
        let offset = open[number]?.offset ?? 0
        let part = bytes[min(offset, bytes.count)...].prefix(max(buffer.count / 2, 1))
        buffer.copyBytes(from: part)
        open[number]?.offset += part.count
        return part.count
    }

    private func lock(_ number: Int32) throws(ErrorNumber) {
        guard disk.hasLocks else { throw ErrorNumber(ENOLCK) }
        let found = try node(number)
        let mine = Descriptor(process: ObjectIdentifier(self), number: number)
        guard disk.locks[found] == nil || disk.locks[found] == mine else {
            throw ErrorNumber(EAGAIN)
        }
        disk.locks[found] = mine
    }
}
