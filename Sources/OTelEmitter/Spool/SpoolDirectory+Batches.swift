internal import Glibc

extension SpoolDirectory {
    /// Puts a batch on disk, last in order; it is there to stay when this returns.
    ///
    /// It is written under another name, synced, and renamed, and the directory is synced: at each
    /// instant there is the whole batch, or none. If any of it fails, none is left.
    ///
    /// - Parameter makeRoom: called when the disk has taken the batch, before it counts: what is too
    ///   much now may be given up, and not in vain.
    func store(
        _ batch: Batch, as name: SpoolName, at now: UInt64, makeRoom: () -> Void
    ) throws(ErrorNumber) {
        let file = try files.open(handle, SpoolName.temporary, .writing)
        do throws(ErrorNumber) {
            try files.writeAll(SpoolFormat.header(batch, name), to: file)
            try files.writeAll(batch.body, to: file)
            try files.sync(file)
        } catch {
            files.discard(file)
            cleanUp(SpoolName.temporary)
            throw error
        }
        do throws(ErrorNumber) {
            // A network file system tells of failed writes here.
            try files.close(file)
            makeRoom()
            try files.rename(handle, SpoolName.temporary, name.text)
            try files.syncDirectory(handle)
        } catch {
            // Which of the two it is called now is not certain over a network.
            cleanUp(SpoolName.temporary)
            cleanUp(name.text)
            throw error
        }
        entries.append(name, seenAt: now)
    }

    /// Writes and removes a small file, as a batch would be written.
    func probe() throws(ErrorNumber) {
        let file = try files.open(handle, SpoolName.temporary, .writing)
        do throws(ErrorNumber) {
            try files.writeAll([UInt8](repeating: 0, count: 4096), to: file)
            try files.sync(file)
        } catch {
            files.discard(file)
            cleanUp(SpoolName.temporary)
            throw error
        }
        files.discard(file)
        try remove(SpoolName.temporary)
    }

    /// What a batch's file holds; nil if there is none.
    package func read(_ name: SpoolName) throws(ErrorNumber) -> SpoolFormat.Decoded? {
        let file: Int32
        do throws(ErrorNumber) {
            file = try files.open(handle, name.text, .reading)
        } catch {
            switch error.code {
            case ENOENT: return nil
            // A link, or a socket: not the spool's.
            case ELOOP, ENXIO: return .foreign
            default: throw error
            }
        }
        defer { files.discard(file) }
        let status = try files.status(file)
        guard status.isRegular else { return .foreign }
        // Of a file of another length only the mark matters. So no more memory is taken than there
        // are bytes, nor more than a name can tell.
        let isWhole = status.size == name.fileBytes
        let length = isWhole ? name.fileBytes : min(status.size, SpoolFormat.markBytes)
        return SpoolFormat.decode(try files.readAll(file, length), name)
    }

    /// A failure is already on its way to the caller; this one is kept in mind in `leftovers`.
    private func cleanUp(_ file: String) {
        try? remove(file)
    }
}

extension SpoolFiles {
    func writeAll(_ bytes: [UInt8], to file: Int32) throws(ErrorNumber) {
        var offset = 0
        while offset < bytes.count {
            let written = try bytes.withUnsafeBytes { buffer in
                Result { () throws(ErrorNumber) in
                    try write(file, UnsafeRawBufferPointer(rebasing: buffer[offset...]))
                }
            }.get()
            guard written > 0 else { throw ErrorNumber(EIO) }
            offset += written
        }
    }

    /// The first `length` bytes, or as many as there are.
    func readAll(_ file: Int32, _ length: Int) throws(ErrorNumber) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        var offset = 0
        while offset < length {
            let count = try bytes.withUnsafeMutableBytes { buffer in
                Result { () throws(ErrorNumber) in
                    try read(file, UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]))
                }
            }.get()
            guard count > 0 else { break }
            offset += count
        }
        return Array(bytes[..<offset])
    }

    /// Some file systems can't sync a directory, and say so; then there is no more to do.
    func syncDirectory(_ directory: Int32) throws(ErrorNumber) {
        do throws(ErrorNumber) {
            try sync(directory)
        } catch ErrorNumber(EINVAL) {
            return
        }
    }

    func removeIfPresent(_ directory: Int32, _ name: String) throws(ErrorNumber) {
        do throws(ErrorNumber) {
            try remove(directory, name)
        } catch ErrorNumber(ENOENT) {
            return
        }
    }
}
