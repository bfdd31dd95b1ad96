/// The node's two storage files.
enum StorageFile: String, CaseIterable, Sendable {
    case wal = "wal.log"
    case header = "header.log"
}
