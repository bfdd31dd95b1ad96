internal import Glibc

/// The content of a PEM file. Its `Stamp` shows whether the file has changed since.
struct PEMFile: Sendable, Equatable {
    /// Distinguishes one state of a file from another.
    struct Stamp: Sendable, Equatable {
        private let numbers: [Int64]

        fileprivate init(_ status: stat) {
            numbers = [
                Int64(bitPattern: UInt64(status.st_dev)), Int64(bitPattern: UInt64(status.st_ino)),
                Int64(status.st_size), Int64(status.st_mtim.tv_sec),
                Int64(status.st_mtim.tv_nsec), Int64(status.st_ctim.tv_sec),
                Int64(status.st_ctim.tv_nsec),
            ]
        }

        /// Nil if the file is not accessible.
        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }

    struct Problem: Error, Equatable {
        let text: String
    }

    /// The largest file that is read, in bytes. The bundle of a system has about 220,000.
    static let byteLimit = 1 << 20

    let bytes: [UInt8]
    let pem: PEM

    /// Reads a file, which must be complete PEM.
    static func read(_ path: String) throws(Problem) -> PEMFile {
        // The thread must not wait for a writer if the path names a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw problem(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Problem(text: "\(path) is no regular file")
        }
        guard status.st_size <= byteLimit else {
            throw Problem(text: "\(path) is larger than \(byteLimit) bytes")
        }
        let bytes = try content(descriptor, path)
        guard let pem = PEM(bytes) else {
            throw Problem(text: "\(path) is no complete PEM file")
        }
        return PEMFile(bytes: bytes, pem: pem)
    }

    private static func content(_ descriptor: Int32, _ path: String) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= byteLimit {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw problem(path, errno) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
        throw Problem(text: "\(path) is larger than \(byteLimit) bytes")
    }

    private static func problem(_ path: String, _ error: Int32) -> Problem {
        let reason = strerror(error).map { String(cString: $0) } ?? "error \(error)"
        return Problem(text: "\(path) can't be read: \(reason)")
    }
}
