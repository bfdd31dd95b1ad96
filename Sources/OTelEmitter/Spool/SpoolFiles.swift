internal import Glibc

/// An error number of the system.
package struct ErrorNumber: Error, Hashable {
    package let code: Int32

    package init(_ code: Int32) {
        self.code = code
    }

    /// Whether somebody has removed the directory that is open.
    var isAboutRemoval: Bool { [ENOENT, ESTALE].contains(code) }

    /// That of the call that has just failed.
    static var last: ErrorNumber { ErrorNumber(errno) }
}

/// The calls of the system that the spool makes, all of them, each with one meaning.
///
/// Tests put a disk in their place that fails, or that forgets what was not synced.
package struct SpoolFiles: Sendable {
    /// What a file is opened for.
    package enum Use {
        /// A directory, not through a link.
        case directory
        /// The directory that the configuration names; it may be a link.
        case root
        /// A file that may be of any kind, without waiting for whoever writes to it.
        case reading
        /// A new, empty file in place of any other.
        case writing
        /// The file that is locked, made if it is missing.
        case locking
    }

    struct Status: Equatable {
        var isRegular: Bool
        var size: Int
        /// Tells the files of one file system apart, for as long as they exist or are open.
        var identity: UInt64
    }

    /// Directory that relative paths start from where no other is open.
    package static let workingDirectory = AT_FDCWD

    var makeDirectory: @Sendable (_ parent: Int32, _ name: String) throws(ErrorNumber) -> Void
    package var open:
        @Sendable (_ parent: Int32, _ name: String, _ use: Use) throws(ErrorNumber) -> Int32
    var close: @Sendable (_ file: Int32) throws(ErrorNumber) -> Void
    var status: @Sendable (_ file: Int32) throws(ErrorNumber) -> Status
    /// Bytes that were read: 0 at the end.
    var read: @Sendable (Int32, UnsafeMutableRawBufferPointer) throws(ErrorNumber) -> Int
    /// Bytes that were written, perhaps not all.
    var write: @Sendable (Int32, UnsafeRawBufferPointer) throws(ErrorNumber) -> Int
    /// Returns when a file, or a directory's list of names, will survive a loss of power.
    var sync: @Sendable (Int32) throws(ErrorNumber) -> Void
    var rename: @Sendable (_ parent: Int32, String, String) throws(ErrorNumber) -> Void
    var remove: @Sendable (_ parent: Int32, String) throws(ErrorNumber) -> Void
    var removeDirectory: @Sendable (_ parent: Int32, String) throws(ErrorNumber) -> Void
    /// Locks a file for as long as it is open; `EAGAIN` if somebody else has.
    var lock: @Sendable (Int32) throws(ErrorNumber) -> Void
    /// Whether somebody else has locked it.
    package var isLocked: @Sendable (Int32) throws(ErrorNumber) -> Bool
    package var list: @Sendable (_ directory: Int32) throws(ErrorNumber) -> SpoolListing

    /// Closes a file from which nothing can be lost any more.
    package func discard(_ file: Int32) {
        // What was to be kept has been synced, so an error here concerns nobody.
        try? close(file)
    }
}

/// The names in a directory, one after the other.
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

    /// The next name, but for `.` and `..`; nil at the end.
    package func next() throws(ErrorNumber) -> String? {
        while let name = try read() {
            if name != ".", name != ".." { return name }
        }
        return nil
    }
}
