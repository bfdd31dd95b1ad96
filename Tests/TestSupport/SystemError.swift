internal import Glibc

/// A call of the system that failed in the test's own machinery.
package struct SystemError: Error, CustomStringConvertible {
    package let description: String

    package init(_ call: String) {
        description = "\(call): \(String(cString: strerror(errno)))"
    }

    package init(text: String) {
        description = text
    }
}
