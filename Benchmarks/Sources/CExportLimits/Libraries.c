#include "CExportLimits.h"

#include <curl/curl.h>
#include <zlib.h>

size_t limit_gzip(const void *bytes, size_t length, void *target, size_t capacity) {
    z_stream stream = {0};
    if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = target;
    stream.avail_out = (uInt)capacity;
    int status = deflate(&stream, Z_FINISH);
    size_t written = capacity - stream.avail_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? written : 0;
}

static size_t forget(char *bytes, size_t size, size_t count, void *nothing) {
    (void)bytes, (void)nothing;
    return size * count;
}

void *limit_post_open(const char *url, int is_gzip) {
    CURL *handle = curl_easy_init();
    if (!handle) return NULL;
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    if (is_gzip) headers = curl_slist_append(headers, "Content-Encoding: gzip");
    curl_easy_setopt(handle, CURLOPT_URL, url);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, forget);
    return handle;
}

long limit_post(void *handle, const void *bytes, size_t length) {
    long status = 0;
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    if (curl_easy_perform(handle) != CURLE_OK) return 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

void limit_post_close(void *handle) {
    curl_easy_cleanup(handle);
}
