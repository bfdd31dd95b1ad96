import Glibc

@testable import OTelEmitter

/// What lies in a spool's directory, and how a process uses it, by an input.
///
/// Three bytes choose limits and a call that fails. Then each line makes one thing: its first byte
/// says what, its second of which kind, the rest its name or its numbers.
struct DirectoryPlan {
    /// Things on the disk, at most: an input shall not take long.
    private static let thingLimit = 200
    /// The longest name that a disk takes, in bytes.
    private static let longestName = 255
    static let path = "spool"

    let disk = ListedDisk()
    /// The spool's directory; nil if it is not there yet.
    private(set) var root: Int?
    let adoptsUnlocked: Bool
    let isByteLimited: Bool
    let isAgeLimited: Bool
    let inspects: Bool
    /// Batches that the process stores itself.
    let ownBatches: Int
    let fault: (call: Int, code: Int32)?

    /// Whether all that can be sent has to be.
    var isUndisturbed: Bool { !isByteLimited && !isAgeLimited && fault == nil }

    init(_ input: UnsafeRawBufferPointer) {
        let flags = input[0]
        adoptsUnlocked = flags & 1 != 0
        isByteLimited = flags & 2 != 0
        isAgeLimited = flags & 4 != 0
        inspects = flags & 8 != 0
        ownBatches = Int(flags >> 4 & 3)
        let codes = [EIO, ENOSPC, EACCES, ENOENT, EMFILE, EROFS, ESTALE, ENOLCK]
        let isFaulty = flags & 0x40 != 0
        fault = isFaulty ? (Int(input[1]) + 1, codes[Int(input[2]) % codes.count]) : nil
        if flags & 0x80 == 0 { root = disk.add(.directory, Self.path, in: ListedDisk.top) }
        var directory: Int?
        for line in input.dropFirst(3).split(separator: 0x0A).prefix(Self.thingLimit) {
            make(Array(line), &directory)
        }
    }

    /// - Parameter directory: the incarnation's directory that was made last.
    private func make(_ line: [UInt8], _ directory: inout Int?) {
        guard let root, line.count > 2 else { return }
        let kind = ListedDisk.Kind.allCases[Int(line[1]) % ListedDisk.Kind.allCases.count]
        let rest = line.dropFirst(2)
        switch line[0] % 9 {
        case 0, 1: directory = makeIncarnation(root, line[1], rest) ?? directory
        case 2: _ = Self.name(rest).flatMap { disk.add(kind, $0, in: root) }
        case 3: makeBatch(directory, rest) { _ in }
        // Any byte may be another one.
        case 4: makeBatch(directory, rest) { $0[Int(rest.last ?? 0) % $0.count] ^= line[1] | 1 }
        // A later version.
        case 5: makeBatch(directory, rest) { $0[8] = 2 }
        case 6: makeBatch(directory, rest, kind) { $0.removeLast() }
        case 7: _ = directory.map { disk.add(kind, Self.ownName(line[2]), in: $0) }
        default: _ = directory.flatMap { at in Self.name(rest).map { disk.add(kind, $0, in: at) } }
        }
    }

    private func makeIncarnation(
        _ root: Int, _ choice: UInt8, _ rest: ArraySlice<UInt8>
    ) -> Int? {
        let name = SpoolIncarnationName.make(
            at: Self.number(rest.prefix(2)),
            incarnation: String(decoding: rest.dropFirst(2), as: UTF8.self))
        let made = disk.add(.directory, name, in: root, isLockless: choice & 15 == 5)
        guard let made else { return nil }
        switch choice & 15 {
        case 0: break
        case 1, 2: disk.add(.file, SpoolName.lock, in: made, holder: ListedDisk.stranger)
        case 3: disk.add(.pipe, SpoolName.lock, in: made)
        case 4:
            disk.add(
                ListedDisk.Kind.allCases[Int(choice >> 4) % ListedDisk.Kind.allCases.count],
                SpoolName.lock, in: made)
        default: disk.add(.file, SpoolName.lock, in: made)
        }
        return made
    }

    private func makeBatch(
        _ directory: Int?, _ rest: ArraySlice<UInt8>, _ kind: ListedDisk.Kind = .file,
        change: (inout [UInt8]) -> Void
    ) {
        guard let directory else { return }
        let numbers = Array(rest)
        let body = Array(numbers.dropFirst(3))
        let name = SpoolName(
            sequence: UInt64(numbers[0]), collectedAt: UInt64(numbers.dropFirst().first ?? 0) << 55,
            points: UInt32(numbers.dropFirst(2).first ?? 0), bytes: UInt32(body.count))
        let batch = Batch(
            collection: name.sequence, points: Int(name.points), body: body, isCompressed: false)
        var bytes = SpoolFormat.header(batch, name) + body
        change(&bytes)
        disk.add(kind, name.text, in: directory, bytes: bytes)
    }

    private static func ownName(_ choice: UInt8) -> String {
        [SpoolName.temporary, SpoolName.unlocked, SpoolName.lock][Int(choice) % 3]
    }

    /// Nil if no disk can have it.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        let isPossible = !bytes.contains(0) && !bytes.contains(UInt8(ascii: "/"))
        guard isPossible, bytes.count <= longestName else { return nil }
        let name = String(decoding: bytes, as: UTF8.self)
        return name == "." || name == ".." ? nil : name
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
