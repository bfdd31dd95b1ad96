#include "CThreadCells.h"

#include <linux/membarrier.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Offsets of freed cells of one size, for reuse.
typedef struct {
    uint32_t *offsets;
    uint32_t count;
    uint32_t capacity;
} free_list;

/// A block that is never written. A thread that has no block of its own reads its pages, which are
/// all null.
tcells_block tcells_no_block;

_Thread_local tcells_block *tcells_current __attribute__((tls_model("initial-exec"))) = &tcells_no_block;

/// Set while the calling thread runs its exit handlers. It claims no block then.
static _Thread_local int thread_is_ending;

tcells_block tcells_shared_block;

/// The locks of the first touch. They are held during fork, so that they are free in the child.
/// They are always taken before `lock`. Only fork takes more than one at a time, in ascending
/// order.
static pthread_mutex_t touch_locks[TCELLS_TOUCH_LOCKS] = {
    [0 ... TCELLS_TOUCH_LOCKS - 1] = PTHREAD_MUTEX_INITIALIZER};
static uint32_t next_touch_lock;

/// Guards everything below it. It is held during fork, so that it is free in the child.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t exit_key;
static int has_exit_key;
static _Bool has_membarrier;

tcells_block *tcells_blocks[TCELLS_MAX_BLOCKS];
static uint8_t block_is_owned[TCELLS_MAX_BLOCKS];
static uint32_t block_limit;
/// Written under the lock. Readers (acquire) and `tcells_claim` read it without the lock.
uint32_t tcells_owned_blocks;
static uint32_t unowned_count;

static uint32_t next_offset;
static free_list free_lists[TCELLS_PAGE_WORDS + 1];

static void before_fork(void) {
    for (uint32_t i = 0; i < TCELLS_TOUCH_LOCKS; i += 1) {
        pthread_mutex_lock(&touch_locks[i]);
    }
    pthread_mutex_lock(&lock);
}

static void unlock_all(void) {
    pthread_mutex_unlock(&lock);
    for (uint32_t i = TCELLS_TOUCH_LOCKS; i > 0; i -= 1) {
        pthread_mutex_unlock(&touch_locks[i - 1]);
    }
}

static void after_fork_in_parent(void) { unlock_all(); }

/// Only the forking thread exists in the child, so all other blocks have lost their owner.
static void after_fork_in_child(void) {
    uint32_t unowned = 0;
    for (uint32_t i = 0; i < tcells_owned_blocks; i += 1) {
        block_is_owned[i] = tcells_blocks[i] == tcells_current;
        unowned += !block_is_owned[i];
    }
    __atomic_store_n(&unowned_count, unowned, __ATOMIC_RELAXED);
    unlock_all();
}

/// The key's destructor. It releases the ending thread's block for the next thread that needs one.
static void thread_ends(void *block) {
    thread_is_ending = 1;
    tcells_current = &tcells_no_block;
    pthread_mutex_lock(&lock);
    for (uint32_t i = 0; i < tcells_owned_blocks; i += 1) {
        if (tcells_blocks[i] == block) {
            block_is_owned[i] = 0;
            __atomic_store_n(&unowned_count, unowned_count + 1, __ATOMIC_RELAXED);
        }
    }
    pthread_mutex_unlock(&lock);
}

static void initialize(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t limit = cores > 0 ? (uint32_t)cores * 4 : 4;
    block_limit = limit < TCELLS_MAX_BLOCKS ? limit : TCELLS_MAX_BLOCKS;
    has_exit_key = pthread_key_create(&exit_key, thread_ends) == 0;
    has_membarrier =
        syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

/// A block without an owner, or a new one if the limit allows it, or null. Call it under the lock.
static tcells_block *take_block(void) {
    for (uint32_t i = 0; i < tcells_owned_blocks; i += 1) {
        if (!block_is_owned[i]) {
            block_is_owned[i] = 1;
            __atomic_store_n(&unowned_count, unowned_count - 1, __ATOMIC_RELAXED);
            return tcells_blocks[i];
        }
    }
    if (tcells_owned_blocks == block_limit) {
        return NULL;
    }
    tcells_block *block = calloc(1, sizeof *block);
    if (block != NULL) {
        tcells_blocks[tcells_owned_blocks] = block;
        block_is_owned[tcells_owned_blocks] = 1;
        __atomic_store_n(&tcells_owned_blocks, tcells_owned_blocks + 1, __ATOMIC_RELEASE);
    }
    return block;
}

/// Gives no block if there is no exit handler, since the block would be lost when the thread ends.
_Bool tcells_claim_block(void) {
    pthread_once(&once, initialize);
    if (!has_exit_key || thread_is_ending) {
        return 0;
    }
    if (__atomic_load_n(&unowned_count, __ATOMIC_RELAXED) == 0
        && __atomic_load_n(&tcells_owned_blocks, __ATOMIC_RELAXED) == block_limit) {
        return 0;
    }
    pthread_mutex_lock(&lock);
    tcells_block *block = take_block();
    pthread_mutex_unlock(&lock);
    if (block == NULL) {
        return 0;
    }
    tcells_current = block;
    if (pthread_setspecific(exit_key, block) != 0) {
        thread_ends(block);
        return 0;
    }
    return 1;
}

/// The release store of the page pairs with the acquire in `tcells_cell_in_block`: a reader that
/// sees the page also sees its zeros.
static uint64_t *touch_page(tcells_block *block, uint32_t page) {
    uint64_t *words = calloc(TCELLS_PAGE_WORDS, sizeof *words);
    if (words != NULL) {
        __atomic_store_n(&block->pages[page], words, __ATOMIC_RELEASE);
    }
    return words;
}

uint64_t *tcells_claim(uint32_t offset) {
    if (tcells_current == &tcells_no_block && !tcells_claim_block()) {
        return NULL;
    }
    uint32_t index = offset / TCELLS_PAGE_WORDS;
    // A block that has just been taken over may already have the page, with values of an ended
    // thread.
    uint64_t *page = tcells_current->pages[index];
    if (page == NULL) {
        page = touch_page(tcells_current, index);
    }
    return page == NULL ? NULL : page + offset % TCELLS_PAGE_WORDS;
}

uint64_t *tcells_shared(uint32_t offset) {
    uint32_t index = offset / TCELLS_PAGE_WORDS;
    uint64_t *page = __atomic_load_n(&tcells_shared_block.pages[index], __ATOMIC_ACQUIRE);
    if (page == NULL) {
        pthread_once(&once, initialize);
        pthread_mutex_lock(&lock);
        page = tcells_shared_block.pages[index];
        if (page == NULL) {
            page = touch_page(&tcells_shared_block, index);
        }
        pthread_mutex_unlock(&lock);
    }
    return page == NULL ? NULL : page + offset % TCELLS_PAGE_WORDS;
}

/// Takes the next free words, on a new page if the current one has no room. Call it under the lock.
static uint32_t bump(uint32_t words) {
    uint32_t room = TCELLS_PAGE_WORDS - next_offset % TCELLS_PAGE_WORDS;
    uint64_t start = words <= room ? next_offset : (uint64_t)next_offset + room;
    if (start + words > (uint64_t)TCELLS_PAGE_WORDS * TCELLS_MAX_PAGES) {
        return TCELLS_NONE;
    }
    next_offset = (uint32_t)(start + words);
    return (uint32_t)start;
}

uint32_t tcells_allocate(uint32_t words) {
    if (words == 0 || words > TCELLS_PAGE_WORDS) {
        return TCELLS_NONE;
    }
    pthread_once(&once, initialize);
    pthread_mutex_lock(&lock);
    free_list *list = &free_lists[words];
    uint32_t offset;
    if (list->count > 0) {
        list->count -= 1;
        offset = list->offsets[list->count];
    } else {
        offset = bump(words);
    }
    pthread_mutex_unlock(&lock);
    return offset;
}

void tcells_free(uint32_t offset, uint32_t words) {
    for (uint32_t i = 0; i < tcells_block_count(); i += 1) {
        uint64_t *cell = tcells_cell_in_block(i, offset);
        for (uint32_t w = 0; cell != NULL && w < words; w += 1) {
            tcells_store(&cell[w], 0);
        }
    }
    pthread_mutex_lock(&lock);
    free_list *list = &free_lists[words];
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        uint32_t *offsets = realloc(list->offsets, capacity * sizeof *offsets);
        if (offsets != NULL) {
            list->offsets = offsets;
            list->capacity = capacity;
        }
    }
    // If there is no memory for the list, the cell is never used again, which is safe.
    if (list->count < list->capacity) {
        list->offsets[list->count] = offset;
        list->count += 1;
    }
    pthread_mutex_unlock(&lock);
}

uint32_t tcells_next_touch_lock(void) {
    return __atomic_fetch_add(&next_touch_lock, 1, __ATOMIC_RELAXED) % TCELLS_TOUCH_LOCKS;
}

void tcells_touch_lock(uint32_t index) {
    pthread_once(&once, initialize);
    pthread_mutex_lock(&touch_locks[index % TCELLS_TOUCH_LOCKS]);
}

void tcells_touch_unlock(uint32_t index) {
    pthread_mutex_unlock(&touch_locks[index % TCELLS_TOUCH_LOCKS]);
}

_Bool tcells_has_grace(void) {
    pthread_once(&once, initialize);
    return has_membarrier;
}

/// After the barrier, a thread that is reading has marked itself, and any other thread can't find
/// what was removed.
void tcells_grace_begin(tcells_grace *grace) {
    syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
    grace->count = tcells_block_count() - 1;
    for (uint32_t i = 0; i < grace->count; i += 1) {
        grace->reading[i] = __atomic_load_n(&tcells_blocks[i]->reading, __ATOMIC_ACQUIRE);
    }
}

_Bool tcells_grace_is_over(const tcells_grace *grace) {
    for (uint32_t i = 0; i < grace->count; i += 1) {
        uint64_t before = grace->reading[i];
        if (before % 2 == 1 && __atomic_load_n(&tcells_blocks[i]->reading, __ATOMIC_ACQUIRE) == before) {
            return 0;
        }
    }
    return 1;
}
