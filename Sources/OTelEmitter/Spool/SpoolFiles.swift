internal import Glibc

/// An error number of the system.
package struct ErrorNumber: Error, Hashable {
    package let code: Int32

    package init(_ code: Int32) {
        self.code = code
    }

    /// Whether the error means that the open directory has been removed.
    var isAboutRemoval: Bool { [ENOENT, ESTALE].contains(code) }

    /// The error number of the system call that has just failed.
    static var last: ErrorNumber { ErrorNumber(errno) }
}

/// All system calls that the spool makes, each with one meaning.
///
/// Tests replace them with a disk that fails, or that forgets whatever was not synced.
package struct SpoolFiles: Sendable {
    /// The purpose of opening a file.
    package enum Use {
        /// A directory, without following a symbolic link.
        case directory
        /// The configured directory, which may be a symbolic link.
        case root
        /// A file of any kind, without waiting for a writer.
        case reading
        /// A new, empty file that replaces any other.
        case writing
        /// The file to lock, created if it does not exist.
        case locking
    }

    struct Status: Equatable {
        var isRegular: Bool
        var size: Int
        /// Distinguishes the files of one file system, as long as they exist or are open.
        var identity: UInt64
    }

    /// The directory that relative paths start from if no other is given.
    package static let workingDirectory = AT_FDCWD

    var makeDirectory: @Sendable (_ parent: Int32, _ name: String) throws(ErrorNumber) -> Void
    package var open:
        @Sendable (_ parent: Int32, _ name: String, _ use: Use) throws(ErrorNumber) -> Int32
    var close: @Sendable (_ file: Int32) throws(ErrorNumber) -> Void
    var status: @Sendable (_ file: Int32) throws(ErrorNumber) -> Status
    /// Returns the number of bytes read, and 0 at the end.
    var read: @Sendable (Int32, UnsafeMutableRawBufferPointer) throws(ErrorNumber) -> Int
    /// Returns the number of bytes written, which may be only some of them.
    var write: @Sendable (Int32, UnsafeRawBufferPointer) throws(ErrorNumber) -> Int
    /// Returns once the file, or the list of names in a directory, would survive a loss of power.
    var sync: @Sendable (Int32) throws(ErrorNumber) -> Void
    var rename: @Sendable (_ parent: Int32, String, String) throws(ErrorNumber) -> Void
    var remove: @Sendable (_ parent: Int32, String) throws(ErrorNumber) -> Void
    var removeDirectory: @Sendable (_ parent: Int32, String) throws(ErrorNumber) -> Void
    /// Locks a file as long as it is open. Throws `EAGAIN` if someone else holds the lock.
    var lock: @Sendable (Int32) throws(ErrorNumber) -> Void
    /// Whether someone else has locked the file.
    package var isLocked: @Sendable (Int32) throws(ErrorNumber) -> Bool
    package var list: @Sendable (_ directory: Int32) throws(ErrorNumber) -> SpoolListing

    /// Closes a file from which nothing can be lost.
    package func discard(_ file: Int32) {
        // Whatever has to be kept has been synced, so an error does not matter.
        try? close(file)
    }
}

/// Lists the names in a directory, one after the other.
package final class SpoolListing {
    private let read: () throws(ErrorNumber) -> String?
    private let end: () -> Void

    init(
        _ read: @escaping () throws(ErrorNumber) -> String?, end: @escaping () -> Void = {}
    ) {
        self.read = read
        self.end = end
    }

    deinit {
        end()
    }

    /// The next name, except `.` and `..`. Nil at the end.
    package func next() throws(ErrorNumber) -> String? {
        while let name = try read() {
            if name != ".", name != ".." { return name }
        }
        return nil
    }
}
