import Foundation

/// The repository that these tests belong to, as the files that it is made of.
enum Repository {
    /// Its root folder.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The paths of all files that are tracked or would be, relative to the root, sorted.
    static let files: [String] = (listedByGit() ?? listedByWalking())
        .filter { exists($0) && !isLink($0) }.sorted()

    /// The files below a folder whose names end so.
    static func files(below folder: String, endingIn ending: String = ".swift") -> [String] {
        files.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(ending) }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// Links lead to files that are listed themselves.
    private static func isLink(_ path: String) -> Bool {
        let target = try? FileManager.default.destinationOfSymbolicLink(
            atPath: root.appendingPathComponent(path).path)
        return target != nil
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: root.appendingPathComponent(path).path)
    }

    /// The file as text; nil if it is not UTF-8.
    static func text(_ path: String) throws -> String? {
        String(data: try Data(contentsOf: root.appendingPathComponent(path)), encoding: .utf8)
    }

    /// Nil without git or outside a clone.
    private static func listedByGit() -> [String]? {
        let arguments = [
            "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        ]
        guard let output = try? Tool.run("/usr/bin/env", ["git"] + arguments) else { return nil }
        let names = String(decoding: output, as: UTF8.self).split(separator: "\0").map(String.init)
        return names.contains("Package.swift") ? names : nil
    }

    private static func listedByWalking() -> [String] {
        let all = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return all.filter { path in
            let folder = path.prefix { $0 != "/" }
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: root.appendingPathComponent(path).path, isDirectory: &isFolder)
            return !isFolder.boolValue && !folder.hasPrefix(".build") && folder != ".git"
        }
    }
}
