internal import Glibc

/// The folder that the files are written to or compared with.
struct OutputFolder {
    /// A system call that failed.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let path: String
        let code: Int32

        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }

    /// More bytes than any generated file has.
    static let sizeLimit = 4 << 20

    let path: String

    init(_ path: String) { self.path = path }

    /// Writes the file, and creates the folders that lead to it.
    func write(_ file: GeneratedFile) throws(Failure) {
        var folder = path
        try Self.makeFolder(folder)
        for part in file.path.split(separator: "/").dropLast() {
            folder += "/" + part
            try Self.makeFolder(folder)
        }
        let place = path + "/" + file.path
        guard let stream = fopen(place, "we") else { throw Failure(path: place, code: errno) }
        let written = fwrite(file.bytes, 1, file.bytes.count, stream)
        let code = errno
        guard fclose(stream) == 0, written == file.bytes.count else {
            throw Failure(path: place, code: code)
        }
    }

    /// Whether the file in the folder has exactly these bytes.
    func holds(_ file: GeneratedFile) -> Bool {
        guard let stream = fopen(path + "/" + file.path, "re") else { return false }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit)
        let count = fread(&bytes, 1, bytes.count, stream)
        return bytes[..<count].elementsEqual(file.bytes)
    }

    private static func makeFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
        throw Failure(path: path, code: errno)
    }
}
