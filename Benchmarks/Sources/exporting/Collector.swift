import Glibc

/// A real collector that takes OTLP on a free port and forgets it; ended by its process id.
final class Collector {
    private let process: pid_t
    let port: UInt16

    /// The tries to find a port that nobody else takes meanwhile, and to connect to it.
    private static let tries = (ports: 5, connects: 300)

    /// Nil if none can be had.
    init?() {
        guard let program = Self.program() else { return nil }
        for _ in 0..<Self.tries.ports {
            guard let port = Self.freePort(), let process = Self.start(program, port) else {
                continue
            }
            if Self.answers(process, port) {
                self.process = process
                self.port = port
                return
            }
            Self.end(process)
        }
        return nil
    }

    var url: String { "http://127.0.0.1:\(port)/v1/metrics" }

    deinit {
        Self.end(process)
    }

    /// What `OTELCOL` names, or what the repository's script finds.
    private static func program() -> String? {
        if let named = getenv("OTELCOL").map({ String(cString: $0) }), !named.isEmpty {
            return named
        }
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        guard let pipe = popen("/\(folder)/collector-config/get-otelcol", "r") else { return nil }
        var line = [CChar](repeating: 0, count: 4096)
        let hasLine = fgets(&line, Int32(line.count), pipe) != nil
        guard pclose(pipe) == 0, hasLine else { return nil }
        return String(
            decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self)
    }

    private static func start(_ program: String, _ port: UInt16) -> pid_t? {
        let configuration = """
            receivers: {otlp: {protocols: {http: {endpoint: 127.0.0.1:\(port)}}}}
            exporters: {nop: {}}
            service:
              telemetry: {metrics: {level: none}, logs: {level: error}}
              pipelines: {metrics: {receivers: [otlp], exporters: [nop]}}
            """
        let texts = [program, "--config=yaml:" + configuration]
        let words = texts.map { text -> UnsafeMutablePointer<CChar>? in strdup(text) }
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let status = posix_spawn(&process, program, nil, nil, words + [nil], environ)
        return status == 0 ? process : nil
    }

    private static func answers(_ process: pid_t, _ port: UInt16) -> Bool {
        for _ in 0..<tries.connects {
            if waitpid(process, nil, WNOHANG) != 0 { return false }
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            if withAddress(port, { connect(descriptor, $0, $1) }) == 0 { return true }
            usleep(100_000)
        }
        return false
    }

    private static func end(_ process: pid_t) {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
    }

    private static func freePort() -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard withAddress(0, { bind(descriptor, $0, $1) }) == 0 else { return nil }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return status == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func withAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
