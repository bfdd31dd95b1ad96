internal import Glibc

/// The process's environment, read when a configuration and an emitter are made, by the thread that
/// makes them: `getenv` is not safe beside a `setenv` of another thread. Afterwards no code of
/// the emitter's own calls it; of what it uses, OpenSSL and the system's resolver may.
public enum ProcessEnvironment {
    /// The values of these variables, without those that are unset.
    public static func read(_ names: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for name in names {
            if let value = getenv(name) {
                values[name] = String(cString: value)
            }
        }
        return values
    }

    /// The file name of the running program, or nil if the system doesn't tell.
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
