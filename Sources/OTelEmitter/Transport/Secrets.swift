/// What must never be shown: values of headers, users and passwords.
struct Secrets: Sendable {
    private let values: [String]

    init(_ values: [String]) {
        // A longer one may have a shorter one in it.
        self.values = values.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    func hidden(in text: String) -> String {
        values.reduce(text) { $0.replacing($1, with: "***") }
    }
}
