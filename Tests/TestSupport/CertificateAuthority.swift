internal import Foundation

/// An authority that issues certificates for tests, by the program openssl, into a folder.
package final class CertificateAuthority: Sendable {
    /// A certificate and its key, as paths of PEM files.
    package struct Pair: Sendable {
        package let certificate: String
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    private static let limit = Duration.seconds(30)

    private let folder: TemporaryFolder
    private let name: String
    /// The authority's own certificate.
    package var certificate: String { folder.file("\(name).pem") }
    private var key: String { folder.file("\(name)-key.pem") }

    /// Makes an authority with a key of its own.
    ///
    /// - Parameter name: unique in the folder.
    package init(_ name: String, in folder: TemporaryFolder) throws {
        self.folder = folder
        self.name = name
        try run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", folder.file("\(name)-key.pem"), "-out", folder.file("\(name).pem"),
            "-subj", "/CN=\(name)", "-days", "3650",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        ])
        try folder.overwrite("\(name).cnf", with: Array(configuration.utf8))
        try folder.overwrite("\(name)-index", with: [])
    }

    /// Issues a certificate.
    ///
    /// - Parameters:
    ///   - names: what it is valid for, as `DNS:localhost,IP:127.0.0.1`.
    ///   - dates: `YYYYMMDDHHMMSSZ`, the first and the last; nil: a year from now.
    package func issue(
        _ file: String, names: String = "IP:127.0.0.1,DNS:localhost",
        dates: (String, String)? = nil, algorithm: String = "ec"
    ) throws -> Pair {
        let pair = Pair(
            certificate: folder.file("\(file).pem"), key: folder.file("\(file)-key.pem"))
        let request = folder.file("\(file).csr")
        let extensions = folder.file("\(file).ext")
        let parameters =
            algorithm == "ec" ? ["-pkeyopt", "ec_paramgen_curve:prime256v1"] : []
        try run(
            ["req", "-newkey", algorithm] + parameters + [
                "-nodes", "-keyout", pair.key, "-out", request, "-subj", "/CN=\(file)",
            ])
        try folder.overwrite("\(file).ext", with: Array("subjectAltName=\(names)\n".utf8))
        let period = dates.map { ["-startdate", $0.0, "-enddate", $0.1] } ?? ["-days", "365"]
        try run(
            [
                "ca", "-batch", "-notext", "-config", folder.file("\(name).cnf"), "-in", request,
                "-out", pair.certificate, "-extfile", extensions,
            ] + period)
        return pair
    }

    /// Revokes a certificate, and writes the list of all that are revoked.
    package func revoke(_ pair: Pair?, list: String) throws -> String {
        let configuration = folder.file("\(name).cnf")
        if let pair {
            try run(["ca", "-config", configuration, "-revoke", pair.certificate])
        }
        try run([
            "ca", "-config", configuration, "-gencrl", "-crldays", "30", "-out",
            folder.file(list),
        ])
        return folder.file(list)
    }

    /// A certificate that nobody but itself vouches for.
    package func selfSigned(_ file: String) throws -> Pair {
        let pair = Pair(
            certificate: folder.file("\(file).pem"), key: folder.file("\(file)-key.pem"))
        try run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", pair.key, "-out", pair.certificate, "-subj", "/CN=\(file)", "-days", "365",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ])
        return pair
    }

    /// Runs openssl. Its own messages become the error.
    package func run(_ arguments: [String]) throws {
        guard let path = InstalledTool.openssl else {
            throw SystemError(text: "openssl is not installed")
        }
        let output = folder.file("openssl-\(UUID().uuidString).log")
        let process = try ChildProcess(
            path, arguments, environment: ["HOME": folder.path], output: output)
        guard process.ownStatus(within: Self.limit) == 0 else {
            let text = try? String(contentsOfFile: output, encoding: .utf8)
            throw SystemError(text: "openssl \(arguments.joined(separator: " ")): \(text ?? "")")
        }
    }

    private var configuration: String {
        """
        [ca]
        default_ca = own
        [own]
        database = \(folder.file("\(name)-index"))
        new_certs_dir = \(folder.path)
        certificate = \(certificate)
        private_key = \(key)
        rand_serial = yes
        unique_subject = no
        default_md = sha256
        policy = any
        [any]
        commonName = supplied
        """
    }
}
