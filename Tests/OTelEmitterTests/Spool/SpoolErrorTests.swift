import Glibc
import Testing

@testable import OTelEmitter

@Suite struct SpoolErrorTests {
    @Test(
        arguments: [
            (ENOSPC, "free space"), (EDQUOT, "free space"), (EROFS, "writable"),
            (EACCES, "this process's user"), (EFBIG, "limit of bytes"), (EIO, "check the disk"),
            (ENOTDIR, "path of a directory"), (EMFILE, "open files"), (ENOLCK, "has locks"),
            (EBADMSG, "local file system"),
        ] as [(Int32, String)])
    func theTextSaysWhatWhereWhyAndWhatToDo(code: Int32, remedy: String) {
        let text = SpoolError(.store, "/var/spool/x", ErrorNumber(code)).description
        #expect(text.hasPrefix("the spool in /var/spool/x can't be written: "))
        #expect(text.contains(String(cString: strerror(code))))
        #expect(text.contains("(errno \(code)); "))
        #expect(text.contains(remedy))
    }
}
