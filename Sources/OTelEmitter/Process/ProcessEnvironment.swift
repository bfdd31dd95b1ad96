internal import Glibc

/// Reads the environment of the process.
///
/// It is read when a configuration or an emitter is made, on the calling thread, because `getenv`
/// is not safe while another thread calls `setenv`. The emitter itself does not call `getenv`
/// later. OpenSSL and the system's resolver, which it uses, may do so.
public enum ProcessEnvironment {
    /// The values of these variables. Unset variables are left out.
    public static func read(_ names: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for name in names {
            if let value = getenv(name) {
                values[name] = String(cString: value)
            }
        }
        return values
    }

    /// The file name of the running program, or nil if the system does not reveal it.
    static func executableName() -> String? {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = path.withUnsafeMutableBytes { buffer -> Int in
            let characters = buffer.bindMemory(to: CChar.self)
            guard let start = characters.baseAddress else { return 0 }
            return readlink("/proc/self/exe", start, characters.count)
        }
        guard length > 0 else { return nil }
        let name = path[..<length].split(separator: UInt8(ascii: "/")).last
        return name.map { String(decoding: $0, as: UTF8.self) }
    }
}
