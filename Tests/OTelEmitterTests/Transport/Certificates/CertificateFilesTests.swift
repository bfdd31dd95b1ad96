import Foundation
import Testing

@testable import OTelEmitter

@Suite struct CertificateFilesTests {
    /// A folder that is gone after the test.
    private final class Folder {
        let path = NSTemporaryDirectory() + "/otel-emitter-test-\(UUID().uuidString)"

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name), options: .atomic)
        }
    }

    /// The files as a reference, since an expectation can't change a value.
    private final class Files {
        private var files: CertificateFiles
        var problem: String? { files.problem }
        var isUsable: Bool { files.inUse != nil }
        /// How long the contents of the files in use are.
        var zeros: [Int]? {
            files.inUse?.map { ($0.pem.blocks.first?.content.count ?? 0) - 2 }
        }

        init(_ paths: [(path: String, content: CertificateFiles.Content)]) {
            files = CertificateFiles(paths)
        }

        func refresh() -> Bool { files.refresh() }
        func prove() { files.prove() }
        func reject(_ reason: String) -> Bool { files.reject(reason) }
    }

    private let folder: Folder

    init() throws { folder = try Folder() }

    private func pair() -> Files {
        Files([(folder.path + "/c", .certificate), (folder.path + "/k", .key)])
    }

    private func write(_ zeros: Int) throws {
        try folder.write("c", PEMTests.block(zeros: zeros))
        try folder.write("k", PEMTests.block("PRIVATE KEY", zeros: zeros))
    }

    @Test func filesAreReadAgainWhenTheyHaveChanged() throws {
        let files = pair()
        #expect(!files.refresh() && !files.isUsable)
        #expect(files.problem?.contains("No such file") == true)
        try write(1)
        #expect(files.refresh() && files.zeros == [1, 1] && files.problem == nil)
        #expect(!files.refresh())
        try write(2)
        #expect(files.refresh() && files.zeros == [2, 2])
        // The same bytes again are nothing new.
        try write(2)
        #expect(!files.refresh() && files.problem == nil)
    }

    @Test func incompleteFilesLeaveThoseBeforeInUse() throws {
        try write(1)
        let files = pair()
        #expect(files.refresh())
        for text in ["", "-----BEGIN", String(PEMTests.block("PRIVATE KEY").dropLast(5)), "text"] {
            try folder.write("k", text)
            #expect(!files.refresh() && files.zeros == [1, 1])
            #expect(files.problem?.contains("/k ") == true, "\(files.problem ?? "")")
        }
        try write(3)
        #expect(files.refresh() && files.zeros == [3, 3] && files.problem == nil)
    }

    @Test func rejectedFilesGiveWayToTheProvenOnes() throws {
        try write(1)
        let files = pair()
        #expect(files.refresh())
        files.prove()
        try write(2)
        #expect(files.refresh())
        #expect(files.reject("no match") && files.zeros == [1, 1])
        #expect(files.problem?.hasSuffix("no match") == true)
        // Not tried again before they change.
        #expect(!files.refresh() && files.zeros == [1, 1])
        try write(3)
        #expect(files.refresh() && files.zeros == [3, 3] && files.problem == nil)
        #expect(files.reject("again") && files.zeros == [1, 1])
    }

    /// A fault that passes, such as a lack of descriptors, must not last until they change.
    @Test func filesThatAreProvenAreNeverRejected() throws {
        try write(1)
        let files = pair()
        #expect(files.refresh())
        files.prove()
        #expect(!files.reject("no descriptors") && files.zeros == [1, 1])
        #expect(files.problem == nil)
        try write(2)
        #expect(files.refresh() && files.reject("no match") && files.zeros == [1, 1])
        #expect(!files.reject("no descriptors") && files.zeros == [1, 1])
        #expect(files.problem?.hasSuffix("no match") == true)
    }

    @Test func rejectedFilesWithoutPredecessorsAreNotUsed() throws {
        try write(1)
        let files = pair()
        #expect(files.refresh())
        #expect(!files.reject("no match") && !files.isUsable)
    }

    @Test func filesOfTheWrongKindAreNamed() throws {
        let cases: [(text: String, part: String)] = [
            (PEMTests.block(), "no private key"),
            (PEMTests.block("ENCRYPTED PRIVATE KEY"), "must not have a passphrase"),
            (String(repeating: "a", count: PEMFile.byteLimit + 1), "larger than"),
        ]
        for (text, part) in cases {
            try folder.write("c", PEMTests.block())
            try folder.write("k", text)
            let files = pair()
            #expect(!files.refresh())
            #expect(files.problem?.contains(part) == true, "\(files.problem ?? "")")
        }
        let directory = Files([(folder.path, .authorities)])
        #expect(!directory.refresh())
        #expect(directory.problem?.contains("no regular file") == true)
        try folder.write("a", PEMTests.block("PRIVATE KEY"))
        let keys = Files([(folder.path + "/a", .authorities)])
        #expect(!keys.refresh())
        #expect(keys.problem?.contains("no certificate") == true)
    }

    @Test func pipeThatNobodyWritesToIsNotWaitedFor() {
        #expect(mkfifo(folder.path + "/p", 0o600) == 0)
        let files = Files([(folder.path + "/p", .authorities)])
        #expect(!files.refresh())
        #expect(files.problem?.contains("no regular file") == true)
    }
}
