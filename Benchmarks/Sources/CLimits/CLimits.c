#include "CLimits.h"

#include <malloc.h>

#include <float.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t shared_cell;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int64_t guarded_cell;

/// Keeps the compiler from merging the iterations of a loop.
#define OPAQUE(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

void limit_atomic_add(int64_t count) {
    for (int64_t i = 0; i < count; i += 1) {
        __atomic_fetch_add(&shared_cell, 1, __ATOMIC_RELAXED);
    }
}

void limit_mutex_add(int64_t count) {
    for (int64_t i = 0; i < count; i += 1) {
        pthread_mutex_lock(&mutex);
        guarded_cell += 1;
        pthread_mutex_unlock(&mutex);
    }
}

void limit_thread_slot_add(int64_t count) {
    int64_t slot = 0;
    for (int64_t i = 0; i < count; i += 1) {
        int64_t value = __atomic_load_n(&slot, __ATOMIC_RELAXED);
        __atomic_store_n(&slot, value + 1, __ATOMIC_RELAXED);
        OPAQUE(&slot);
    }
}

static const double bounds[15] = {
    0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000,
};

void limit_thread_histogram(int64_t count) {
    uint64_t buckets[16] = {0};
    double sum = 0, minimum = DBL_MAX, maximum = -DBL_MAX;
    uint32_t random = 12345;
    for (int64_t i = 0; i < count; i += 1) {
        random = random * 1664525u + 1013904223u;
        double value = (double)(random >> 16) * (1000.0 / 65536.0);
        int bucket = 0;
        for (int b = 0; b < 15; b += 1) {
            bucket += value > bounds[b];
        }
        buckets[bucket] += 1;
        sum += value;
        minimum = value < minimum ? value : minimum;
        maximum = value > maximum ? value : maximum;
        OPAQUE(buckets);
    }
    OPAQUE(&sum);
    OPAQUE(&minimum);
    OPAQUE(&maximum);
}

// MARK: The flat table

enum { ROUTES = 1000, SLOTS = 4096 };

typedef struct {
    char route[24];
    size_t length;
    uint64_t hash;
    int64_t value;
} entry;

static entry entries[SLOTS];
static char routes[ROUTES][24];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static uint64_t mix(uint64_t hash, const char *text, size_t length) {
    while (length >= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
        text += 8;
        length -= 8;
    }
    uint64_t word = 0;
    memcpy(&word, text, length);
    hash = (hash ^ word ^ ((uint64_t)length << 56)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const char *route, size_t length) {
    uint64_t hash = mix(0, "http.request.method", 19);
    hash = mix(hash, "GET", 3);
    hash = mix(hash, "http.route", 10);
    hash = mix(hash, route, length);
    hash = mix(hash, "http.response.status_code", 25);
    return mix(hash, "200", 3);
}

static entry *find(const char *route, size_t length) {
    uint64_t hash = hash_of(route, length);
    for (uint64_t i = hash % SLOTS;; i = (i + 1) % SLOTS) {
        entry *found = &entries[i];
        if (found->length == 0
            || (found->hash == hash && found->length == length
                && memcmp(found->route, route, length) == 0)) {
            return found;
        }
    }
}

static void fill(void) {
    for (int i = 0; i < ROUTES; i += 1) {
        size_t length = (size_t)snprintf(routes[i], sizeof routes[i], "/api/v1/resource/%04d", i);
        entry *found = find(routes[i], length);
        memcpy(found->route, routes[i], length);
        found->length = length;
        found->hash = hash_of(routes[i], length);
    }
}

void limit_flat_table(int64_t count) {
    pthread_once(&filled, fill);
    int route = 0;
    for (int64_t i = 0; i < count; i += 1) {
        entry *found = find(routes[route], 21);
        __atomic_fetch_add(&found->value, 1, __ATOMIC_RELAXED);
        route = route == ROUTES - 1 ? 0 : route + 1;
    }
}

// MARK: Filling tables

typedef struct {
    uint64_t hash;
    int64_t *value;
    uint64_t start;
    size_t length;
    char bytes[];
} series;

static char *put(char *end, const char *text, size_t length) {
    memcpy(end, &length, sizeof length);
    memcpy(end + sizeof length, text, length);
    return end + sizeof length + length;
}

/// A series of three strings on the heap, with a word of its own for the value.
static series *make_series(const char *route, size_t length, int64_t *value) {
    size_t room = 6 * sizeof(size_t) + 19 + 3 + 10 + length + 25 + 3;
    series *made = malloc(sizeof *made + room);
    made->hash = hash_of(route, length);
    made->value = value;
    made->start = 1;
    char *end = put(made->bytes, "http.request.method", 19);
    end = put(end, "GET", 3);
    end = put(end, "http.route", 10);
    end = put(end, route, length);
    end = put(end, "http.response.status_code", 25);
    end = put(end, "200", 3);
    made->length = (size_t)(end - made->bytes);
    return made;
}

void limit_fill_tables(int64_t tables) {
    pthread_once(&filled, fill);
    for (int64_t t = 0; t < tables; t += 1) {
        series **slots = calloc(2 * ROUTES, sizeof *slots);
        int64_t *values = calloc(2 * ROUTES, sizeof *values);
        for (int i = 0; i < ROUTES; i += 1) {
            series *made = make_series(routes[i], 21, &values[2 * i]);
            uint64_t slot = made->hash % (2 * ROUTES);
            while (slots[slot] != NULL) {
                slot = slot == 2 * ROUTES - 1 ? 0 : slot + 1;
            }
            slots[slot] = made;
            made->value[0] += 1;
            made->value[1] += 1;
        }
        OPAQUE(slots);
    }
}

// MARK: Copying points

enum { METRICS = 11, POINTS = 1000, BUCKETS = 16 };

typedef struct {
    void *attributes;
    uint64_t start;
    uint64_t *cell;
} source;

typedef struct {
    void *attributes;
    uint64_t start, updates;
    int64_t value;
    void *exemplars;
    uint32_t stream;
} number_point;

typedef struct {
    void *attributes;
    uint64_t start, count;
    double sum, minimum, maximum;
    uint64_t *buckets;
    void *exemplars;
    uint32_t stream;
} histogram_point;

static source *sources[METRICS][POINTS];
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void prepare(void) {
    for (int m = 0; m < METRICS; m += 1) {
        uint64_t *cells = calloc(POINTS, (3 + BUCKETS) * sizeof *cells);
        for (int p = 0; p < POINTS; p += 1) {
            source *made = malloc(sizeof *made + 24);
            *made = (source){malloc(150), 1, cells + p * (m == 0 ? 3 + BUCKETS : 2)};
            // Series are not made in the order of output.
            sources[m][p * 389 % POINTS] = made;
        }
    }
}

static number_point *copy_numbers(source **from) {
    number_point *points = malloc(POINTS * sizeof *points);
    for (int p = 0; p < POINTS; p += 1) {
        source *next = from[p];
        points[p] = (number_point){
            next->attributes, next->start, next->cell[1], (int64_t)next->cell[0], NULL, 1};
    }
    return points;
}

static histogram_point *copy_histograms(source **from, uint64_t *buckets) {
    histogram_point *points = malloc(POINTS * sizeof *points);
    for (int p = 0; p < POINTS; p += 1) {
        source *next = from[p];
        uint64_t *own = buckets + p * BUCKETS;
        uint64_t count = 0;
        for (int b = 0; b < BUCKETS; b += 1) {
            own[b] = next->cell[3 + b];
            count += own[b];
        }
        double *values = (double *)next->cell;
        points[p] = (histogram_point){
            next->attributes, next->start, count, values[0], values[1], values[2], own, NULL, 1};
    }
    return points;
}

void limit_copy_points(int64_t count) {
    pthread_once(&prepared, prepare);
    void *metrics[METRICS];
    for (int64_t i = 0; i < count; i += 1) {
        uint64_t *buckets = malloc(POINTS * BUCKETS * sizeof *buckets);
        metrics[0] = copy_histograms(sources[0], buckets);
        for (int m = 1; m < METRICS; m += 1) {
            metrics[m] = copy_numbers(sources[m]);
        }
        OPAQUE(metrics);
        for (int m = 0; m < METRICS; m += 1) {
            free(metrics[m]);
        }
        free(buckets);
    }
}

void limit_malloc_trim(void) { malloc_trim(0); }
