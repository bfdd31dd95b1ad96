internal import Foundation

/// A real nginx with TLS, on a free port, in a folder of its own.
package final class Nginx: Sendable {
    /// The longest that one may take to accept connections.
    private static let startLimit = Duration.seconds(20)

    private let held: HeldPort
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts one, and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - port: of a server that ran before; nil: a free one.
    ///   - clientAuthority: who vouches for clients, which then have to show a certificate.
    ///   - options: further lines of the server's configuration.
    package init(
        _ pair: CertificateAuthority.Pair, on port: HeldPort? = nil,
        clientAuthority: String? = nil, protocols: String = "TLSv1.2 TLSv1.3",
        options: String = ""
    ) throws {
        guard let path = InstalledTool.nginx else {
            throw SystemError(text: "nginx is not installed")
        }
        folder = try TemporaryFolder()
        held = try port ?? HeldPort()
        let client = clientAuthority.map {
            "ssl_client_certificate \($0); ssl_verify_client on;"
        }
        let configuration = Self.configuration(
            held.number, folder.path, pair, protocols, (client ?? "") + options)
        try folder.overwrite("nginx.conf", with: Array(configuration.utf8))
        process = try ChildProcess(
            path, ["-p", folder.path, "-e", "error.log", "-c", folder.file("nginx.conf")],
            output: folder.file("output.log"))
        let isReady = eventually(within: Self.startLimit) { [process, held] in
            process.exitStatus != nil || LoopbackSocket.isListening(held.number)
        }
        guard isReady, process.exitStatus == nil else {
            process.end()
            throw SystemError(text: "nginx did not start:\n\(log)")
        }
    }

    package var port: UInt16 { held.number }

    package var url: String { "https://127.0.0.1:\(port)/v1/metrics" }

    /// Asks it to end, and waits.
    package func end() {
        process.end()
    }

    /// What it said so far.
    package var log: String {
        ["output.log", "error.log"].map { name in
            (try? folder.bytes(name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }.joined()
    }

    private static func configuration(
        _ port: UInt16, _ folder: String, _ pair: CertificateAuthority.Pair, _ protocols: String,
        _ options: String
    ) -> String {
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        events {}
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            client_max_body_size 0;
            ssl_session_tickets on;
            server {
                listen 127.0.0.1:\(port) ssl;
                ssl_certificate \(pair.certificate);
                ssl_certificate_key \(pair.key);
                ssl_protocols \(protocols);
                \(options)
                location / {
                    default_type application/json;
                    add_header X-Serial $ssl_client_serial always;
                    return 200 '{"client":"$ssl_client_s_dn"}';
                }
            }
        }
        """
    }
}
