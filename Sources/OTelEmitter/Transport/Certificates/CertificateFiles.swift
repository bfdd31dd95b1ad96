/// Files that are used and replaced together: the authorities, or a client's certificate and its
/// key.
///
/// They are read again when they have changed. If they are incomplete or don't fit together, they
/// are not used, and the previous files stay in use.
struct CertificateFiles: Sendable {
    /// The required content of a file.
    enum Content: Sendable {
        case authorities
        case certificate
        case key
    }

    private let paths: [(path: String, content: Content)]
    /// The files that libcurl uses, or nil while there are no usable ones.
    private(set) var inUse: [PEMFile]?
    /// The files that have made a connection.
    private var proven: [PEMFile]?
    /// The state of the files when they were last read.
    private var stamps: [PEMFile.Stamp?]?
    /// What is wrong with the current files.
    private(set) var problem: String?

    init(_ paths: [(path: String, content: Content)]) {
        self.paths = paths
    }

    var isEmpty: Bool { paths.isEmpty }

    /// Reads the files if they have changed. Returns true if other files are now in use.
    mutating func refresh() -> Bool {
        guard !paths.isEmpty else { return false }
        // Taken before reading, so that the next call sees a change that happens while reading.
        let stamps = paths.map { PEMFile.Stamp(path: $0.path) }
        if stamps == self.stamps { return false }
        self.stamps = stamps
        do throws(PEMFile.Problem) {
            let files = try read()
            problem = nil
            let isNew = files != inUse
            inUse = files
            return isNew
        } catch {
            problem = error.text
            return false
        }
    }

    /// Notes that a connection was made with the files in use.
    mutating func prove() {
        proven = inUse
    }

    /// Called when libcurl can't use the files. Returns to the proven files, or returns false if
    /// there are no others.
    ///
    /// If the files in use are proven themselves, they stay, since the obstacle must be temporary.
    mutating func reject(_ reason: String) -> Bool {
        guard inUse != proven else { return false }
        problem = "\(paths.map(\.path).joined(separator: " and ")): \(reason)"
        inUse = proven
        return inUse != nil
    }

    private func read() throws(PEMFile.Problem) -> [PEMFile] {
        var files: [PEMFile] = []
        for (path, content) in paths {
            let file = try PEMFile.read(path)
            let blocks = file.pem.blocks
            switch content {
            case .authorities, .certificate:
                guard blocks.contains(where: \.isCertificate) else {
                    throw PEMFile.Problem(text: "\(path) has no certificate")
                }
            case .key:
                guard let key = blocks.first(where: \.isKey) else {
                    throw PEMFile.Problem(text: "\(path) has no private key")
                }
                guard !key.isEncrypted else {
                    throw PEMFile.Problem(text: "the key in \(path) must not have a passphrase")
                }
            }
            files.append(file)
        }
        return files
    }
}
