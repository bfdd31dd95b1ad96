#include "CExportLimits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { buckets = 16, label_room = 192 };

struct limit_page {
    int counters, series;
    char (*labels)[label_room];
    int *lengths;
};

static const char *const bounds[buckets] = {
    "0.0", "5.0", "10.0", "25.0", "50.0", "75.0", "100.0", "250.0", "500.0", "750.0", "1000.0",
    "2500.0", "5000.0", "7500.0", "10000.0", "+Inf",
};

struct limit_page *limit_page_make(int counters, int series) {
    struct limit_page *page = calloc(1, sizeof *page);
    if (!page) return NULL;
    page->counters = counters;
    page->series = series;
    size_t points = (size_t)(counters + 1) * series;
    page->labels = calloc(points, sizeof *page->labels);
    page->lengths = calloc(points, sizeof *page->lengths);
    if (!page->labels || !page->lengths) return NULL;
    for (size_t point = 0; point < points; point++) {
        page->lengths[point] = snprintf(
            page->labels[point], label_room,
            "{http_request_method=\"GET\",http_response_status_code=\"200\","
            "http_route=\"/api/v1/resource/%04d\",otel_scope_name=\"benchmark\"",
            (int)(point % series));
    }
    return page;
}

static unsigned char *put(unsigned char *end, const char *text, size_t length) {
    memcpy(end, text, length);
    return end + length;
}

#define PUT(text) end = put(end, text, sizeof(text) - 1)

static unsigned char *put_number(unsigned char *end, uint64_t value) {
    char digits[20];
    int position = 20;
    do {
        digits[--position] = '0' + value % 10;
        value /= 10;
    } while (value);
    return put(end, digits + position, 20 - position);
}

static unsigned char *put_series(
    unsigned char *end, const struct limit_page *page, int metric, int i, const char *name,
    const char *bound) {
    size_t point = (size_t)metric * page->series + i;
    end = put(end, name, strlen(name));
    end = put(end, page->labels[point], page->lengths[point]);
    if (bound) {
        PUT(",le=\"");
        end = put(end, bound, strlen(bound));
        PUT("\"");
    }
    PUT("} ");
    return end;
}

size_t limit_page_write(
    const struct limit_page *page, unsigned char *target, size_t capacity) {
    unsigned char *end = target;
    // Checked once for all: no line takes more than 256 bytes.
    size_t lines = (size_t)(page->counters + buckets + 3) * page->series;
    if (capacity < 256 * lines) return 0;
    for (int j = 0; j < page->counters; j++) {
        PUT("# TYPE http_server_requests_total counter\n");
        for (int i = 0; i < page->series; i++) {
            end = put_series(end, page, j, i, "http_server_requests_0_total", NULL);
            end = put_number(end, (uint64_t)(1000 + i * 7 + j));
            PUT("\n");
        }
    }
    PUT("# TYPE http_server_request_duration_milliseconds histogram\n");
    for (int i = 0; i < page->series; i++) {
        for (int j = 0; j < buckets; j++) {
            end = put_series(
                end, page, page->counters, i, "http_server_request_duration_milliseconds_bucket",
                bounds[j]);
            end = put_number(end, (uint64_t)(i + j * 6));
            PUT("\n");
        }
        end = put_series(
            end, page, page->counters, i, "http_server_request_duration_milliseconds_sum", NULL);
        end = put_number(end, (uint64_t)i * 500);
        PUT("\n");
        end = put_series(
            end, page, page->counters, i, "http_server_request_duration_milliseconds_count", NULL);
        end = put_number(end, (uint64_t)(i + 90));
        PUT("\n");
    }
    return end - target;
}
