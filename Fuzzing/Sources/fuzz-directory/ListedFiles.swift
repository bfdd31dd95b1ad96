import Glibc

@testable import OTelEmitter

/// The calls of one process on a `ListedDisk`, as Linux answers them; one of them may fail.
// SAFETY: as for its disk.
final class ListedFiles: @unchecked Sendable {
    private let disk: ListedDisk
    private var open: [Int32: (node: Int, offset: Int)] = [:]
    private var lastDescriptor: Int32 = 2
    private var calls = 0
    private let fault: (call: Int, code: Int32)?

    /// - Parameter fault: the call that fails, counted from 1, and how; nil: none.
    init(_ disk: ListedDisk, fault: (call: Int, code: Int32)?) {
        self.disk = disk
        self.fault = fault
    }

    /// Descriptors that are open.
    var openCount: Int { open.count }

    private func count() throws(ErrorNumber) {
        calls += 1
        if let fault, fault.call == calls { throw ErrorNumber(fault.code) }
    }

    private func node(_ descriptor: Int32) throws(ErrorNumber) -> Int {
        if descriptor == SpoolFiles.workingDirectory { return ListedDisk.top }
        guard let file = open[descriptor] else { throw ErrorNumber(EBADF) }
        return file.node
    }

    var files: SpoolFiles {
        SpoolFiles(
            makeDirectory: { [self] parent, name throws(ErrorNumber) in
                try count()
                let directory = try node(parent)
                if disk.nodes[directory].isRemoved { throw ErrorNumber(ENOENT) }
                guard disk.add(.directory, name, in: directory) != nil else {
                    throw ErrorNumber(EEXIST)
                }
            },
            open: { [self] parent, name, use throws(ErrorNumber) in
                try count()
                return try openFile(name, in: node(parent), use)
            },
            close: { [self] descriptor throws(ErrorNumber) in
                // Whatever it says, the descriptor is gone.
                if let file = open.removeValue(forKey: descriptor),
                    disk.nodes[file.node].holder == descriptor
                {
                    disk.setHolder(nil, of: file.node)
                }
                try count()
            },
            status: { [self] descriptor throws(ErrorNumber) in
                try count()
                let found = try node(descriptor)
                return SpoolFiles.Status(
                    isRegular: disk.nodes[found].kind == .file,
                    size: disk.nodes[found].bytes.count, identity: UInt64(found))
            },
            read: { [self] descriptor, buffer throws(ErrorNumber) in
                try count()
                return try read(descriptor, buffer)
            },
            write: { [self] descriptor, bytes throws(ErrorNumber) in
                try count()
                disk.write(bytes, to: try node(descriptor))
                return bytes.count
            },
            sync: { [self] descriptor throws(ErrorNumber) in
                try count()
                _ = try node(descriptor)
            },
            rename: { [self] parent, old, new throws(ErrorNumber) in
                try count()
                try disk.rename(old, new, in: node(parent))
            },
            remove: { [self] parent, name throws(ErrorNumber) in
                try count()
                let directory = try node(parent)
                let found = try disk.find(name, in: directory)
                if disk.nodes[found].kind == .directory { throw ErrorNumber(EISDIR) }
                disk.unlink(name, in: directory)
            },
            removeDirectory: { [self] parent, name throws(ErrorNumber) in
                try count()
                let directory = try node(parent)
                let found = try disk.find(name, in: directory)
                guard disk.nodes[found].kind == .directory else { throw ErrorNumber(ENOTDIR) }
                guard disk.nodes[found].names.isEmpty else { throw ErrorNumber(ENOTEMPTY) }
                disk.unlink(name, in: directory)
            },
            lock: { [self] descriptor throws(ErrorNumber) in
                try count()
                let found = try node(descriptor)
                if disk.nodes[found].isLockless { throw ErrorNumber(ENOLCK) }
                guard disk.nodes[found].holder == nil else { throw ErrorNumber(EAGAIN) }
                disk.setHolder(descriptor, of: found)
            },
            isLocked: { [self] descriptor throws(ErrorNumber) in
                try count()
                let found = try node(descriptor)
                if disk.nodes[found].isLockless { throw ErrorNumber(ENOLCK) }
                return disk.nodes[found].holder != nil
            },
            list: { [self] descriptor throws(ErrorNumber) in
                try count()
                var rest = disk.list(try node(descriptor))[...]
                return SpoolListing { [self] () throws(ErrorNumber) in
                    try count()
                    return rest.popFirst()
                }
            })
    }

    private func openFile(
        _ name: String, in directory: Int, _ use: SpoolFiles.Use
    ) throws(ErrorNumber) -> Int32 {
        let isMaking = use == .writing || use == .locking
        var found = disk.nodes[directory].names[name]
        if found == nil, isMaking, !disk.nodes[directory].isRemoved {
            found = disk.add(.file, name, in: directory)
        }
        guard let found else { throw ErrorNumber(ENOENT) }
        let isDirectory = use == .directory || use == .root
        switch disk.nodes[found].kind {
        case .forbidden: throw ErrorNumber(EACCES)
        case .directory: if isMaking { throw ErrorNumber(EISDIR) }
        case .file, .pipe: if isDirectory { throw ErrorNumber(ENOTDIR) }
        case .link: throw ErrorNumber(isDirectory ? ENOTDIR : ELOOP)
        case .socket: throw ErrorNumber(isDirectory ? ENOTDIR : ENXIO)
        }
        if use == .writing { disk.truncate(found) }
        lastDescriptor += 1
        open[lastDescriptor] = (found, 0)
        return lastDescriptor
    }

    private func read(
        _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(ErrorNumber) -> Int {
        let found = try node(descriptor)
        guard disk.nodes[found].kind != .directory else { throw ErrorNumber(EISDIR) }
        let offset = open[descriptor]?.offset ?? 0
        let part = disk.nodes[found].bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: part)
        open[descriptor]?.offset += part.count
        return part.count
    }
}
