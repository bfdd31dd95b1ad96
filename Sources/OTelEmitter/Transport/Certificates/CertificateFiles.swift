/// Files that are used together, and replaced together: the authorities, or a client's certificate
/// and its key.
///
/// They are read again when they have changed. What is not complete, or turns out not to fit
/// together, is not used: what was used before stays.
struct CertificateFiles: Sendable {
    /// What a file has to hold.
    enum Content: Sendable {
        case authorities
        case certificate
        case key
    }

    private let paths: [(path: String, content: Content)]
    /// What libcurl is given; nil while there is nothing usable.
    private(set) var inUse: [PEMFile]?
    /// What a connection has been made with.
    private var proven: [PEMFile]?
    /// How the files looked when they were read last.
    private var stamps: [PEMFile.Stamp?]?
    /// What is wrong with the files as they are now.
    private(set) var problem: String?

    init(_ paths: [(path: String, content: Content)]) {
        self.paths = paths
    }

    var isEmpty: Bool { paths.isEmpty }

    /// Reads the files if they have changed. True if others are in use now.
    mutating func refresh() -> Bool {
        guard !paths.isEmpty else { return false }
        // Taken before reading: a change in between is seen the next time.
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

    /// A connection was made with the files in use.
    mutating func prove() {
        proven = inUse
    }

    /// libcurl can't use the files: those that were proven come back. False if there are no others.
    ///
    /// Files that are proven themselves stay: what stands in their way passes.
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
