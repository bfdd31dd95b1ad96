internal import CCurl

/// TLS options. Certificates are always verified, and the version is 1.2 or later.
extension HTTPTransport {
    func configureTLS() {
        ccurl_easy_setopt_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        ccurl_easy_setopt_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        ccurl_easy_setopt_long(easy, CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // A resumed session would not show the server's certificate.
        ccurl_easy_setopt_long(easy, CURLOPT_SSL_SESSIONID_CACHE, 0)
        ccurl_easy_setopt_long(easy, CURLOPT_CA_CACHE_TIMEOUT, 0)
        ccurl_easy_setopt_long(easy, CURLOPT_CERTINFO, 1)
        // Without this, OpenSSL would ask for a key's passphrase on the terminal.
        ccurl_easy_setopt_string(easy, CURLOPT_KEYPASSWD, "")
    }

    /// Passes the files in use to libcurl. They are passed from memory, so that a file is never
    /// read while it is being replaced.
    func apply(_ certificates: borrowing Certificates) {
        if let authorities = certificates.authorities.inUse?.first {
            set(CURLOPT_CAINFO_BLOB, authorities.bytes)
            // The configured authorities replace those of the system.
            ccurl_easy_setopt_string(easy, CURLOPT_CAPATH, nil)
            let isRevoking = authorities.pem.blocks.contains(where: \.isRevocationList)
            ccurl_easy_setopt_string(
                easy, CURLOPT_CRLFILE, isRevoking ? certificates.authoritiesPath : nil)
        }
        if let client = certificates.client.inUse, client.count == 2 {
            set(CURLOPT_SSLCERT_BLOB, client[0].bytes)
            set(CURLOPT_SSLKEY_BLOB, client[1].bytes)
        }
    }

    private func set(_ option: CURLoption, _ bytes: [UInt8]) {
        var bytes = bytes
        bytes.withUnsafeMutableBytes { bytes in
            var blob = curl_blob(
                data: bytes.baseAddress, len: bytes.count, flags: UInt32(CURL_BLOB_COPY))
            ccurl_easy_setopt_blob(easy, option, &blob)
        }
    }

    /// When the server's certificate expires. Nil if this transfer made no handshake.
    var serverExpiry: Int64? {
        var found: UnsafeMutablePointer<curl_certinfo>?
        guard ccurl_easy_getinfo_certificates(easy, CURLINFO_CERTINFO, &found) == CURLE_OK,
            let found, found.pointee.num_of_certs > 0
        else { return nil }
        var entry = found.pointee.certinfo?[0]
        while let line = entry {
            let text = line.pointee.data.map { String(cString: $0) } ?? ""
            if text.hasPrefix("Cert:") {
                return PEM(Array(text.utf8.dropFirst("Cert:".utf8.count)))
                    .flatMap { X509Expiry(firstOf: $0)?.notAfter }
            }
            entry = line.pointee.next
        }
        return nil
    }
}
