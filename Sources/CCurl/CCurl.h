// The system's libcurl, with one shim per C argument type, since Swift cannot call variadic
// functions.

#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075700
#error "OTel Emitter needs libcurl 7.87 or later (CURLOPT_QUICK_EXIT)."
#endif

typedef size_t (*ccurl_data_callback)(
    char *_Nonnull data, size_t size, size_t count, void *_Nullable context);
typedef curl_socket_t (*ccurl_open_socket_callback)(
    void *_Nullable context, curlsocktype purpose, struct curl_sockaddr *_Nonnull address);
typedef int (*ccurl_resolver_start_callback)(
    void *_Nullable resolver, void *_Nullable reserved, void *_Nullable context);

static inline CURLcode ccurl_easy_setopt_long(
    CURL *_Nonnull handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_offset(
    CURL *_Nonnull handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_string(
    CURL *_Nonnull handle, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_pointer(
    CURL *_Nonnull handle, CURLoption option, const void *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_list(
    CURL *_Nonnull handle, CURLoption option, struct curl_slist *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_data_callback(
    CURL *_Nonnull handle, CURLoption option, ccurl_data_callback _Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_open_socket_callback(
    CURL *_Nonnull handle, CURLoption option, ccurl_open_socket_callback _Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_resolver_start_callback(
    CURL *_Nonnull handle, CURLoption option, ccurl_resolver_start_callback _Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_setopt_blob(
    CURL *_Nonnull handle, CURLoption option, const struct curl_blob *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLMcode ccurl_multi_setopt_long(
    CURLM *_Nonnull handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

static inline CURLcode ccurl_easy_getinfo_long(
    CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode ccurl_easy_getinfo_offset(
    CURL *_Nonnull handle, CURLINFO info, curl_off_t *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode ccurl_easy_getinfo_string(
    CURL *_Nonnull handle, CURLINFO info, char *_Nullable *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode ccurl_easy_getinfo_certificates(
    CURL *_Nonnull handle, CURLINFO info, struct curl_certinfo *_Nullable *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

/// `CURLVERSION_NOW` is a macro that Swift cannot import.
static inline const curl_version_info_data *_Nullable ccurl_version_info(void) {
    return curl_version_info(CURLVERSION_NOW);
}

/// The result of a finished transfer. Swift can't use the union in the message.
static inline CURLcode ccurl_message_result(const CURLMsg *_Nonnull message) {
    return message->data.result;
}

#endif
