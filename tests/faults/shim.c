/* Stands between a program and the system, for one folder: writes down every call that changes
 * something there, lets a chosen one fail, or ends the program at it.
 *
 * Loaded with LD_PRELOAD; told what to do through the functions at the end. Only calls on files of
 * the watched folder are counted. The log is a row of records: struct record, text, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { OPEN = 1, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, LINK, MARK };
enum death { BEFORE = 1, AFTER, HALF };

struct __attribute__((packed)) record {
    uint8_t kind;
    uint8_t created;
    uint32_t handle;
    int64_t offset;
    uint32_t text_size;
    uint32_t data_size;
};

#define MOST_FILES 65536
#define NOT_OURS (-1)

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_size;
static int log_fd = -1;
static int handles[MOST_FILES]; /* 0: not looked at yet */
static int last_handle;
static long counted, fail_at, die_at;
static int fail_with, fail_on, fail_half, fail_kinds, die_how, failed;

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static int is_ours(const char *path) {
    return folder_size && !strncmp(path, folder, folder_size) &&
           (path[folder_size] == '/' || !path[folder_size]);
}

static void put(enum kind kind, int created, int handle, int64_t offset, const char *text,
                const void *data, size_t size) {
    if (log_fd < 0) return;
    struct record head = {kind, created, handle, offset, text ? strlen(text) : 0, size};
    syscall(SYS_write, log_fd, &head, sizeof head);
    if (head.text_size) syscall(SYS_write, log_fd, text, head.text_size);
    if (size) syscall(SYS_write, log_fd, data, size);
}

static void opened(int fd, const char *path, int created) {
    if (fd < 0 || fd >= MOST_FILES) return;
    handles[fd] = ++last_handle;
    put(OPEN, created, handles[fd], 0, path, NULL, 0);
}

/* The handle of an open file, also of one that was opened before anybody watched. */
static int handle_of(int fd) {
    if (!folder_size || fd < 0 || fd >= MOST_FILES || fd == log_fd) return NOT_OURS;
    if (!handles[fd]) {
        char link[64], path[4096];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t size = readlink(link, path, sizeof path - 1);
        path[size < 0 ? 0 : size] = 0;
        if (is_ours(path)) opened(fd, path, 0);
        else handles[fd] = NOT_OURS;
    }
    return handles[fd];
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* Whether the next call goes through (0) or with which error it fails. */
static int verdict(enum kind kind, int *half) {
    counted++;
    *half = 0;
    if (die_at && counted == die_at) {
        if (die_how == BEFORE) die();
        *half = die_how == HALF;
    }
    int now = fail_at && counted == fail_at;
    int on = fail_at && counted > fail_at && fail_on && (fail_kinds & (1 << kind));
    if (!now && !on) return 0;
    failed++;
    if (now && fail_half && kind == WRITE) { /* the rest of it fails */
        *half = 1;
        fail_half = 0;
        fail_at++;
        return 0;
    }
    return fail_with;
}

static void done(void) {
    if (die_at && counted == die_at) die();
}

/* --- the calls --- */

static int open_any(const char *path, int flags, mode_t mode) {
    int changes = flags & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC);
    if (!is_ours(path)) {
        int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
        if (fd >= 0 && fd < MOST_FILES) handles[fd] = 0;
        return fd;
    }
    pthread_mutex_lock(&gate);
    int half, error = changes ? verdict(OPEN, &half) : 0, fd = -1;
    if (!error) {
        int there = !access(path, F_OK);
        fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
        if (fd >= 0) {
            opened(fd, path, !there);
            if (there && (flags & O_TRUNC)) put(TRUNCATE, 0, handles[fd], 0, NULL, NULL, 0);
        }
        error = fd < 0 ? errno : 0;
        if (changes) done();
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return fd;
}

#define OPENER(name)                                                                               \
    int name(const char *path, int flags, ...) {                                                   \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;                    \
        va_end(more);                                                                              \
        return open_any(path, flags, mode);                                                        \
    }
OPENER(open)
OPENER(open64)
int __open_2(const char *path, int flags) { return open_any(path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_any(path, flags, 0); }

int close(int fd) {
    if (fd >= 0 && fd < MOST_FILES) handles[fd] = 0;
    return syscall(SYS_close, fd);
}

static ssize_t write_any(int fd, const void *data, size_t size, int64_t offset, int placed) {
    int handle = handle_of(fd);
    if (handle == NOT_OURS)
        return placed ? syscall(SYS_pwrite64, fd, data, size, offset)
                      : syscall(SYS_write, fd, data, size);
    pthread_mutex_lock(&gate);
    int half, error = verdict(WRITE, &half);
    ssize_t written = -1;
    if (!error) {
        if (half && size > 1) size /= 2;
        if (!placed) offset = lseek(fd, 0, SEEK_CUR);
        written = placed ? syscall(SYS_pwrite64, fd, data, size, offset)
                         : syscall(SYS_write, fd, data, size);
        error = written < 0 ? errno : 0;
        if (written > 0) put(WRITE, 0, handle, offset, NULL, data, written);
        done();
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return written;
}

ssize_t write(int fd, const void *data, size_t size) { return write_any(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    return write_any(fd, data, size, offset, 1);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    return write_any(fd, data, size, offset, 1);
}

static int on_file(enum kind kind, int call, int fd, int64_t size) {
    int handle = handle_of(fd);
    if (handle == NOT_OURS) return syscall(call, fd, size);
    pthread_mutex_lock(&gate);
    int half, error = verdict(kind, &half), result = -1;
    if (!error) {
        result = syscall(call, fd, size);
        error = result < 0 ? errno : 0;
        if (!result) put(kind, 0, handle, size, NULL, NULL, 0);
        done();
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

int fsync(int fd) { return on_file(SYNC, SYS_fsync, fd, 0); }
int fdatasync(int fd) { return on_file(SYNC, SYS_fdatasync, fd, 0); }
int ftruncate(int fd, off_t size) { return on_file(TRUNCATE, SYS_ftruncate, fd, size); }
int ftruncate64(int fd, off64_t size) { return on_file(TRUNCATE, SYS_ftruncate, fd, size); }

static int on_names(enum kind kind, const char *path, const char *to) {
    int call = kind == UNLINK ? SYS_unlink : kind == LINK ? SYS_link : SYS_rename;
    if (!is_ours(path) && !(to && is_ours(to))) return syscall(call, path, to);
    pthread_mutex_lock(&gate);
    int half, error = verdict(kind, &half), result = -1;
    if (!error) {
        result = syscall(call, path, to);
        error = result < 0 ? errno : 0;
        if (!result) put(kind, 0, 0, 0, path, to, to ? strlen(to) : 0);
        done();
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

int unlink(const char *path) { return on_names(UNLINK, path, NULL); }
int link(const char *path, const char *to) { return on_names(LINK, path, to); }
int rename(const char *path, const char *to) { return on_names(RENAME, path, to); }
int renameat(int from, const char *path, int at, const char *to) {
    if (from == AT_FDCWD && at == AT_FDCWD) return on_names(RENAME, path, to);
    return REAL(renameat)(from, path, at, to);
}
int linkat(int from, const char *path, int at, const char *to, int flags) {
    if (from == AT_FDCWD && at == AT_FDCWD) return on_names(LINK, path, to);
    return REAL(linkat)(from, path, at, to, flags);
}
int unlinkat(int at, const char *path, int flags) {
    if (at == AT_FDCWD && !flags) return on_names(UNLINK, path, NULL);
    return REAL(unlinkat)(at, path, flags);
}

/* --- what it is told --- */

/* Watch a folder from now on; keep a log at that path unless it is NULL. */
void shim_watch(const char *path, const char *log) {
    memset(handles, 0, sizeof handles);
    last_handle = 0;
    counted = fail_at = die_at = 0;
    failed = 0;
    folder_size = 0;
    if (log_fd >= 0) syscall(SYS_close, log_fd);
    log_fd = log ? syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600)
                 : -1;
    snprintf(folder, sizeof folder, "%s", path);
    folder_size = strlen(folder);
}

/* Put a word into the log, between the calls. */
void shim_mark(const char *text) {
    pthread_mutex_lock(&gate);
    put(MARK, 0, 0, 0, text, NULL, 0);
    pthread_mutex_unlock(&gate);
}

/* Let the nth call from now fail; with on_kinds (bits) also every later one of those kinds. */
void shim_fail(long nth, int error, int half, int on_kinds) {
    counted = 0;
    failed = 0;
    fail_with = error;
    fail_half = half;
    fail_on = on_kinds != 0;
    fail_kinds = on_kinds;
    fail_at = nth;
}

/* End the program at the nth call from now: before it, after it, or after half of what it writes. */
void shim_die(long nth, int how) {
    counted = 0;
    die_how = how;
    die_at = nth;
}

/* Calls since the last order. */
long shim_counted(void) { return counted; }

/* Calls that were made to fail since the last order. */
int shim_failed(void) { return failed; }
