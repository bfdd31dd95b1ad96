internal import Glibc

extension SpoolDirectory {
    /// Writes a batch to disk, as the last one in order. When this returns, the batch survives a
    /// crash.
    ///
    /// The batch is written to a temporary file, which is synced and renamed; then the directory is
    /// synced. At any moment there is either the whole batch or none. If any step fails, nothing is
    /// left behind.
    ///
    /// - Parameter makeRoom: called when the disk has accepted the batch, before it is counted.
    ///   Older batches may then be given up to keep the limits, because the new one is safe.
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
            // A network file system may report failed writes only here.
            try files.close(file)
            makeRoom()
            try files.rename(handle, SpoolName.temporary, name.text)
            try files.syncDirectory(handle)
        } catch {
            // On a network file system, a failed rename may have taken effect.
            cleanUp(SpoolName.temporary)
            cleanUp(name.text)
            throw error
        }
        entries.append(name, seenAt: now)
    }

    /// Writes and removes a small file in the same way as a batch.
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

    /// The content of a batch's file, or nil if the file does not exist.
    package func read(_ name: SpoolName) throws(ErrorNumber) -> SpoolFormat.Decoded? {
        let file: Int32
        do throws(ErrorNumber) {
            file = try files.open(handle, name.text, .reading)
        } catch {
            switch error.code {
            case ENOENT: return nil
            // A symbolic link or a socket does not belong to the spool.
            case ELOOP, ENXIO: return .foreign
            default: throw error
            }
        }
        defer { files.discard(file) }
        let status = try files.status(file)
        guard status.isRegular else { return .foreign }
        // If the length of the file is wrong, only its mark matters. This way, memory is limited by
        // the actual size and by the size in the name.
        let isWhole = status.size == name.fileBytes
        let length = isWhole ? name.fileBytes : min(status.size, SpoolFormat.markBytes)
        return SpoolFormat.decode(try files.readAll(file, length), name)
    }

    /// Ignores errors, since the caller already throws one. The file is remembered in `leftovers`.
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

    /// Reads the first `length` bytes, or as many as there are.
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

    /// Some file systems can't sync a directory and report that. Nothing more can be done then.
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
