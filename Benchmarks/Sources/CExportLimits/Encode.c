#include "CExportLimits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { buckets = 16, attribute_room = 256 };

struct limit_data {
    int counters, series;
    char (*attributes)[attribute_room];
    int *lengths;
    int64_t *values;
    uint64_t (*histograms)[buckets];
};

static const char point_start[] = "{\"attributes\":[";
static const char times[] =
    "],\"startTimeUnixNano\":\"1700000000000000000\",\"timeUnixNano\":\"1700000060000000000\",";
static const char bounds[] =
    ",\"explicitBounds\":[0,5,10,25,50,75,100,250,500,750,1000,2500,5000,7500,10000]";

struct limit_data *limit_data_make(int counters, int series) {
    struct limit_data *data = calloc(1, sizeof *data);
    if (!data) return NULL;
    data->counters = counters;
    data->series = series;
    size_t points = (size_t)(counters + 1) * series;
    data->attributes = calloc(points, sizeof *data->attributes);
    data->lengths = calloc(points, sizeof *data->lengths);
    data->values = calloc((size_t)counters * series, sizeof *data->values);
    data->histograms = calloc(series, sizeof *data->histograms);
    if (!data->attributes || !data->lengths || !data->values || !data->histograms) return NULL;
    // Each point has attributes of its own, as series of different instruments have.
    for (size_t point = 0; point < points; point++) {
        data->lengths[point] = snprintf(
            data->attributes[point], attribute_room,
            "{\"key\":\"http.request.method\",\"value\":{\"stringValue\":\"GET\"}},"
            "{\"key\":\"http.response.status_code\",\"value\":{\"stringValue\":\"200\"}},"
            "{\"key\":\"http.route\",\"value\":{\"stringValue\":\"/api/v1/resource/%04d\"}}",
            (int)(point % series));
    }
    for (int i = 0; i < series; i++) {
        for (int j = 0; j < counters; j++) data->values[j * series + i] = 1000 + i * 7 + j;
        for (int j = 0; j < buckets; j++) data->histograms[i][j] = (uint64_t)(i + j * 3) % 40;
    }
    return data;
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

static unsigned char *put_head(
    unsigned char *end, const struct limit_data *data, int metric, int i) {
    size_t point = (size_t)metric * data->series + i;
    if (i > 0) *end++ = ',';
    PUT(point_start);
    end = put(end, data->attributes[point], data->lengths[point]);
    PUT(times);
    return end;
}

static unsigned char *put_histogram(unsigned char *end, const struct limit_data *data, int i) {
    uint64_t count = 0;
    for (int j = 0; j < buckets; j++) count += data->histograms[i][j];
    end = put_head(end, data, data->counters, i);
    PUT("\"count\":\"");
    end = put_number(end, count);
    PUT("\",\"sum\":");
    end = put_number(end, count * 500);
    PUT(",\"bucketCounts\":[");
    for (int j = 0; j < buckets; j++) {
        if (j > 0) *end++ = ',';
        *end++ = '"';
        end = put_number(end, data->histograms[i][j]);
        *end++ = '"';
    }
    PUT("]");
    PUT(bounds);
    PUT(",\"min\":0,\"max\":999}");
    return end;
}

size_t limit_data_encode(
    const struct limit_data *data, unsigned char *target, size_t capacity) {
    unsigned char *end = target;
    // Checked once for all: no point takes more than a KiB.
    if (capacity < (size_t)1024 * (data->counters + 2) * data->series) return 0;
    PUT("{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"scope\":{},\"metrics\":[");
    for (int j = 0; j < data->counters; j++) {
        PUT("{\"name\":\"counter\",\"sum\":{\"dataPoints\":[");
        for (int i = 0; i < data->series; i++) {
            end = put_head(end, data, j, i);
            PUT("\"asInt\":\"");
            end = put_number(end, (uint64_t)data->values[j * data->series + i]);
            PUT("\"}");
        }
        PUT("],\"aggregationTemporality\":2,\"isMonotonic\":true}},");
    }
    PUT("{\"name\":\"histogram\",\"histogram\":{\"dataPoints\":[");
    for (int i = 0; i < data->series; i++) end = put_histogram(end, data, i);
    PUT("],\"aggregationTemporality\":2}}]}]}]}");
    return end - target;
}
