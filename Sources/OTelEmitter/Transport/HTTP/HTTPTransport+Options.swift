internal import CCurl

/// The options of libcurl that never change.
extension HTTPTransport {
    /// The longest time that a connection is used, in seconds. New connections let a load balancer
    /// include servers that were added later.
    static let connectionLifetime = 600
    /// A connection that was idle for longer is not used again, in seconds.
    static let idleLifetime = 300
    /// A connection that was silent for this long is probed, in seconds.
    private static let keepAliveSilence = 30

    func configure(_ url: String) {
        ccurl_easy_setopt_string(easy, CURLOPT_URL, url)
        ccurl_easy_setopt_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_easy_setopt_string(easy, CURLOPT_USERAGENT, Version.userAgent)
        ccurl_easy_setopt_long(easy, CURLOPT_POST, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_QUICK_EXIT, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_easy_setopt_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        ccurl_easy_setopt_long(easy, CURLOPT_HTTP09_ALLOWED, 0)
        configureConnections()
        configureCallbacks()
        if usesTLS { configureTLS() }
    }

    private func configureConnections() {
        ccurl_easy_setopt_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_TCP_KEEPIDLE, Self.keepAliveSilence)
        ccurl_easy_setopt_long(easy, CURLOPT_TCP_KEEPINTVL, Self.keepAliveSilence)
        // Each new connection asks the resolver, so that a server may change its address.
        ccurl_easy_setopt_long(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0)
        ccurl_easy_setopt_long(easy, CURLOPT_MAXLIFETIME_CONN, Self.connectionLifetime)
        ccurl_easy_setopt_long(easy, CURLOPT_MAXAGE_CONN, Self.idleLifetime)
        // An empty proxy prevents libcurl from reading the environment.
        ccurl_easy_setopt_string(easy, CURLOPT_PROXY, proxy.url)
        ccurl_easy_setopt_string(easy, CURLOPT_NOPROXY, proxy.exceptions)
        if let unixSocketPath {
            ccurl_easy_setopt_string(easy, CURLOPT_UNIX_SOCKET_PATH, unixSocketPath)
        }
    }

    private func configureCallbacks() {
        // SAFETY: libcurl calls back only while this value drives a transfer, and this value holds
        // `context`.
        let context = Unmanaged.passUnretained(context).toOpaque()
        ccurl_easy_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        ccurl_easy_setopt_data_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        ccurl_easy_setopt_pointer(easy, CURLOPT_WRITEDATA, context)
        ccurl_easy_setopt_data_callback(easy, CURLOPT_HEADERFUNCTION, receiveHeadLine)
        ccurl_easy_setopt_pointer(easy, CURLOPT_HEADERDATA, context)
        ccurl_easy_setopt_open_socket_callback(easy, CURLOPT_OPENSOCKETFUNCTION, openSocket)
        ccurl_easy_setopt_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
        let isResolved = unixSocketPath == nil && !(target.isAddress && proxy.url.isEmpty)
        if isResolved {
            ccurl_easy_setopt_resolver_start_callback(
                easy, CURLOPT_RESOLVER_START_FUNCTION, resolverStarts)
            ccurl_easy_setopt_pointer(easy, CURLOPT_RESOLVER_START_DATA, context)
        }
    }
}
