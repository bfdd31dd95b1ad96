// What the machine and the libraries allow, beside which exporting is measured.
#ifndef CEXPORTLIMITS_H
#define CEXPORTLIMITS_H

#include <stddef.h>
#include <stdint.h>

/// The workload as plain structs with attributes that are rendered beforehand; NULL without memory.
struct limit_data *_Nullable limit_data_make(int counters, int series);

/// Writes the workload as OTLP JSON into `target` by hand-written C, and answers how many bytes.
size_t limit_data_encode(
    const struct limit_data *_Nonnull data, unsigned char *_Nonnull target, size_t capacity);

/// The workload's series with labels that are rendered beforehand; NULL without memory.
struct limit_page *_Nullable limit_page_make(int counters, int series);

/// Writes the workload as a page for Prometheus into `target` by hand-written C, and answers how
/// many bytes.
size_t limit_page_write(
    const struct limit_page *_Nonnull page, unsigned char *_Nonnull target, size_t capacity);

/// Compresses with zlib's level 1 into `target`, gzip format; 0 if it does not fit.
size_t limit_gzip(
    const void *_Nonnull bytes, size_t length, void *_Nonnull target, size_t capacity);

/// A libcurl easy handle that is kept alive, for `url`.
void *_Nullable limit_post_open(const char *_Nonnull url, int is_gzip);

/// Posts a ready body; the status, or 0 without an answer.
long limit_post(void *_Nonnull handle, const void *_Nonnull bytes, size_t length);

void limit_post_close(void *_Nonnull handle);

#endif
