internal import Glibc

/// Writes bytes completely, and replaces files in one step.
enum FileBytes {
    /// Writes all bytes. Returns false as soon as a write fails.
    @discardableResult
    static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
    }

    /// Replaces a file in one step: writes a new file beside it and renames that, so that no reader
    /// sees half of the text.
    static func replace(_ path: String, with text: String) throws(SystemCallError) {
        let temporary = path + ".tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw SystemCallError("open \(temporary)") }
        let file = OwnedDescriptor(descriptor)
        guard write(Array(text.utf8)[...], to: file.value) else {
            throw SystemCallError("write \(temporary)")
        }
        guard fsync(file.value) == 0 else { throw SystemCallError("fsync \(temporary)") }
        guard rename(temporary, path) == 0 else { throw SystemCallError("rename \(path)") }
    }
}
