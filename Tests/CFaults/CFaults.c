#define _GNU_SOURCE
#include "CFaults.h"

#include <dlfcn.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

typedef int (*resolver)(
    const char *, const char *, const struct addrinfo *, struct addrinfo **);

static atomic_int hanging;
static atomic_bool released;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char moving_address[64] = "127.0.0.1";

void cfaults_release(void) { atomic_store(&released, true); }

int cfaults_hanging(void) { return atomic_load(&hanging); }

void cfaults_move(const char *address) {
    pthread_mutex_lock(&lock);
    strncpy(moving_address, address, sizeof moving_address - 1);
    pthread_mutex_unlock(&lock);
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), rest = strlen(end);
    return length >= rest && strcmp(text + length - rest, end) == 0;
}

static void hang(void) {
    atomic_fetch_add(&hanging, 1);
    for (int round = 0; round < 12000 && !atomic_load(&released); round++) poll(NULL, 0, 5);
    atomic_fetch_sub(&hanging, 1);
}

/// All addresses that the labels of a name stand for, as one list.
static int list_addresses(
    resolver real, const char *name, const char *service, const struct addrinfo *hints,
    struct addrinfo **result) {
    struct addrinfo **end = result;
    char copy[256] = "", *rest = copy, *label;
    strncpy(copy, name, sizeof copy - 1);
    *result = NULL;
    while ((label = strsep(&rest, ".")) && strcmp(label, "addresses") != 0) {
        for (char *c = label; *c; c++) {
            if (*c == '-') *c = '.';
        }
        const char *address = strcmp(label, "v6") == 0 ? "::1" : label;
        int status = real(address, service, hints, end);
        if (status != 0) continue;
        while (*end) end = &(*end)->ai_next;
    }
    return *result ? 0 : EAI_NONAME;
}

int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints,
    struct addrinfo **result) {
    resolver real = (resolver)dlsym(RTLD_NEXT, "getaddrinfo");
    if (!real) return EAI_FAIL;
    if (!name || !ends_with(name, ".test")) return real(name, service, hints, result);
    if (ends_with(name, "hang.test")) {
        hang();
        return EAI_AGAIN;
    }
    if (ends_with(name, "broken.test")) return EAI_AGAIN;
    if (ends_with(name, "moving.test")) {
        char address[64];
        pthread_mutex_lock(&lock);
        memcpy(address, moving_address, sizeof address);
        pthread_mutex_unlock(&lock);
        return real(address, service, hints, result);
    }
    if (ends_with(name, ".addresses.test")) {
        return list_addresses(real, name, service, hints, result);
    }
    return EAI_NONAME;
}
