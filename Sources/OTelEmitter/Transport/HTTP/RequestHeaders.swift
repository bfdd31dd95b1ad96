internal import CCurl

/// The header lines of requests, as libcurl's lists: one for each kind of request, made by the
/// first of its kind. There are as many kinds as content types, compressed or not.
struct RequestHeaders: ~Copyable {
    private struct Kind: Hashable {
        let contentType: String
        let isCompressed: Bool
    }

    private let common: [String]
    // SAFETY: the lists belong to this value alone, which cannot be copied; they are freed in
    // `deinit`.
    private var lists: [Kind: UnsafeMutablePointer<curl_slist>] = [:]

    /// - Parameter headers: those of every request.
    init(_ headers: [HTTPHeader]) {
        common = headers.map { header in
            // libcurl removes a header that ends in a colon, and sends an empty one for a
            // semicolon.
            header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
        }
    }

    deinit {
        for list in lists.values { curl_slist_free_all(list) }
    }

    /// The lines of a request, which stay in place while this value lives.
    mutating func list(for request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        let kind = Kind(contentType: request.contentType, isCompressed: request.isCompressed)
        if let list = lists[kind] { return list }
        let encoding = kind.isCompressed ? ["Content-Encoding: gzip"] : []
        let lines = ["Content-Type: \(kind.contentType)"] + encoding + ["Expect:"] + common
        let list = lines.reduce(nil) { list, line in curl_slist_append(list, line) ?? list }
        lists[kind] = list
        return list
    }
}
