internal import Glibc

/// The directory that relative paths count from. They are made absolute when an emitter or a push
/// is made: its program may change the directory before a file is opened.
enum WorkingDirectory {
    /// Nil if the system does not tell.
    static var path: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// - Parameter place: where a relative path counts from; one that is not absolute changes
    ///   nothing.
    static func absolute(_ path: String, below place: String) -> String {
        guard place.hasPrefix("/"), !path.hasPrefix("/") else { return path }
        return place + (place.hasSuffix("/") ? "" : "/") + path
    }
}
