internal import Glibc

/// The directory of the storage files: either one that the caller names and keeps, or a private
/// temporary one that is removed with this object.
final class DataDirectory {
    let path: String
    private let isTemporary: Bool

    /// Creates a named directory if it is missing. Its parent must exist.
    init(named path: String?) throws(SystemCallError) {
        if let path {
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
                throw SystemCallError("mkdir \(path)")
            }
            self.path = path
            isTemporary = false
            return
        }
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((parent + "/rpp-node-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp in \(parent)") }
        self.path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isTemporary = true
    }

    /// Removes only the node's own files. A directory with other files stays.
    deinit {
        guard isTemporary else { return }
        for file in StorageFile.allCases { unlink(path + "/" + file.rawValue) }
        rmdir(path)
    }
}
