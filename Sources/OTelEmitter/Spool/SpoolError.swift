internal import Glibc

/// An operation of the spool that failed on its disk. The caller keeps the batch that it passed.
package struct SpoolError: Error, Equatable, CustomStringConvertible {
    package enum Operation: String, Sendable {
        case open = "opened"
        case store = "written"
        case read = "read"
        case remove = "cleared"
    }

    package let operation: Operation
    /// The directory of the spool.
    package let directory: String
    /// The system's error number.
    package let code: Int32

    package init(_ operation: Operation, _ directory: String, _ error: ErrorNumber) {
        self.operation = operation
        self.directory = directory
        code = error.code
    }

    package var description: String {
        "the spool in \(directory) can't be \(operation.rawValue):"
            + " \(String(cString: strerror(code))) (errno \(code)); \(remedy)"
    }

    private var remedy: String {
        switch code {
        case ENOSPC, EDQUOT: "free space there, or give the spool another directory"
        case EROFS: "make the file system writable, or give the spool another directory"
        case EACCES, EPERM: "let this process's user read, write and enter it"
        case EFBIG: "a batch must be smaller than the spool's limit of bytes"
        case EIO: "check the disk"
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EEXIST: "give the path of a directory"
        case EMFILE, ENFILE: "raise the limit of open files"
        case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL:
            "give it a directory on a local file system, which has locks"
        default: "give the spool a directory on a local file system"
        }
    }
}
