import JSONText

@testable import OTelEmitter

/// Whatever lies in a spool: names of files, files, and what a batch's body may turn out to be.
///
/// The first byte chooses what is read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSpool(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 0 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let bytes = Array(input.dropFirst())
    switch input[0] % 4 {
    case 0: readFile(bytes, choices: input[0] / 4)
    case 1: readName(String(decoding: bytes, as: UTF8.self))
    case 2: divide(bytes, choices: input[0] / 4)
    default: _ = try? Gunzip.decompress(bytes, limit: 1 << 20)
    }
    return 0
}

private func readName(_ text: String) {
    guard let name = SpoolName(text) else { return }
    precondition(name.text == text)
}

/// As it is, and with a checksum that is right for it, so that what follows is reached.
private func readFile(_ bytes: [UInt8], choices: UInt8) {
    let name = SpoolName(
        sequence: 1, collectedAt: 1, points: 3,
        bytes: UInt32(clamping: max(bytes.count - SpoolFormat.headerBytes, 0)))
    replay(bytes, name, choices)
    guard let mended = MendedFile(bytes) else { return }
    replay(mended.bytes, mended.name, choices)
    if mended.isOfThisVersion, case .damaged = SpoolFormat.decode(mended.bytes, mended.name) {
        preconditionFailure("a mended file is damaged")
    }
}

/// What is done with a file that was adopted: decoded, decompressed, sent, and divided if refused.
private func replay(_ bytes: [UInt8], _ name: SpoolName, _ choices: UInt8) {
    guard case .batch(let batch) = SpoolFormat.decode(bytes, name) else { return }
    precondition(batch.body.count == bytes.count - SpoolFormat.headerBytes)
    // Dividing what was blown up by gzip would take all of the time.
    guard let body = batch.plainBody, body.count <= 1 << 16 else { return }
    divide(body, choices: choices)
}

/// A receiver that refuses by chance: every data point is decided once.
private func divide(_ body: [UInt8], choices: UInt8) {
    guard let index = RequestIndex(body) else { return }
    precondition(Division(body, .json, points: index.pointCount + 1) == nil)
    guard var division = Division(body, .json, points: index.pointCount) else { return }
    var decided = 0
    var state = UInt32(choices) &+ 1
    var decisions = division.tooLarge(bytes: body.count)
    for _ in 0..<4 * index.pointCount + 64 where !division.isOver {
        decided += decisions.reduce(0) { $0 + $1.points }
        if let part = division.body { precondition(RequestIndex(part) != nil) }
        division.refillBudget()
        state = state &* 1_664_525 &+ 1_013_904_223
        switch state >> 28 {
        case 0..<3: decisions = division.refused(turns: UInt64(state))
        case 3: decisions = division.tooLarge(bytes: division.body?.count ?? 0)
        case 4: decisions = division.giveUpSearch()
        case 5:
            // Another receiver: what is undecided is sent again.
            _ = division.leaveSearch()
            decisions = []
        default: decisions = division.delivered()
        }
    }
    decided += decisions.reduce(0) { $0 + $1.points }
    precondition(decided + division.undecidedPoints == index.pointCount)
}
