@testable import OTelEmitter

/// Whatever a server answers: the head line by line, then the body, as libcurl hands them over.
///
/// The first byte chooses the status; the head ends with an empty line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzResponse(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 0 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let statuses = [200, 202, 302, 400, 401, 404, 413, 415, 429, 500, 503]
    var head = ResponseHead()
    var rest = input.dropFirst()
    while !rest.isEmpty {
        let line = rest.prefix { $0 != 0x0A }
        rest = rest.dropFirst(line.count + 1)
        guard head.take(UnsafeRawBufferPointer(rebasing: line)) else { return 0 }
        if line.isEmpty { break }
    }
    head.end()
    let response = HTTPResponse(
        status: statuses[Int(input[0]) % statuses.count], body: Array(rest),
        headers: head.headers)
    let verdict = Verdict.of(response, to: .json, now: 1_800_000_000)
    if case .delivered(let partial) = verdict { precondition(partial.rejected >= 0) }
    if case .retry(_, let after?) = verdict {
        precondition(after > .zero && after <= RetryAfter.longest)
    }
    return 0
}
