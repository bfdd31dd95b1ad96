internal import Glibc

/// A system call that failed, with its `errno`.
struct SystemCallError: Error, Equatable, CustomStringConvertible {
    let call: String
    let code: Int32

    init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    var description: String {
        guard let text = strerror(code) else { return "\(call): error \(code)" }
        return "\(call): \(String(cString: text)) (\(code))"
    }
}
