import Glibc
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolDirectoryTests {
    private static let name = "01790000000000000000-a"
    private let disk = SimulatedDisk()

    /// A process, and the directory that all share.
    private func make() throws -> (process: SimulatedProcess, root: Int32) {
        let process = SimulatedProcess(disk)
        try? process.files.makeDirectory(SpoolFiles.workingDirectory, "/spool")
        let root = try process.files.open(SpoolFiles.workingDirectory, "/spool", .root)
        try? process.files.makeDirectory(root, Self.name)
        return (process, root)
    }

    private func open(_ user: (process: SimulatedProcess, root: Int32)) throws -> SpoolDirectory {
        try SpoolDirectory(Self.name, in: user.root, user.process.files)
    }

    @Test func onlyOneHoldsTheLock() throws {
        let (first, second) = (try make(), try make())
        var held: SpoolDirectory? = try open(first)
        #expect(try held?.takeLock() == .thisProcess)
        let other = try open(second)
        #expect(try other.takeLock() == .another)
        // Nor does another emitter of the same process get it.
        #expect(try open(first).takeLock() == .another)
        held = nil
        #expect(try other.takeLock() == .thisProcess)
    }

    /// Between opening the file and locking it, others remove it and make another one.
    @Test func aLockOnARemovedFileIsNoLock() throws {
        let (slow, remover, owner) = (try make(), try make(), try make())
        var owned: SpoolDirectory?
        slow.process.fault = { [self] _, call in
            guard call == "lock" else { return nil }
            do {
                let removed = try open(remover)
                #expect(try removed.takeLock() == .thisProcess)
                try remover.process.files.remove(removed.handle, SpoolName.lock)
                let directory = try open(owner)
                #expect(try directory.takeLock() == .thisProcess)
                owned = directory
            } catch {
                Issue.record(error)
            }
            return nil
        }
        #expect(try open(slow).takeLock() == .gone)
        #expect(try open(remover).takeLock() == .another)
        #expect(owned != nil)
    }

    @Test func aDirectoryThatWasRemovedIsGone() throws {
        let (first, second) = (try make(), try make())
        let late = try open(second)
        let directory = try open(first)
        #expect(try directory.takeLock() == .thisProcess)
        try directory.removeFromDisk(root: first.root)
        #expect(try late.takeLock() == .gone)
        // Removing it twice is no error.
        try directory.removeFromDisk(root: first.root)
    }

    @Test(arguments: [ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL, EBADF])
    func aFileSystemWithoutLocksIsTold(code: Int32) throws {
        let user = try make()
        user.process.fault = { _, call in call == "lock" ? .fail(code) : nil }
        #expect(try open(user).takeLock() == .nobodyCanTell)
        #expect(user.process.openCount == 1)
    }

    @Test func whatCannotBeRemovedIsTriedAgain() throws {
        let user = try make()
        let directory = try open(user)
        #expect(try directory.takeLock() == .thisProcess)
        _ = try user.process.files.open(directory.handle, "x", .writing)
        user.process.fault = { _, call in call == "remove" ? .fail(EROFS) : nil }
        #expect(throws: ErrorNumber(EROFS)) { try directory.remove("x") }
        #expect(throws: ErrorNumber(EROFS)) { try directory.removeLeftover() }
        #expect(directory.leftovers == ["x"])
        user.process.fault = { _, _ in nil }
        try directory.removeLeftover()
        #expect(directory.leftovers == [])
        try directory.removeLeftover()
        try directory.remove("never there")
    }
}
