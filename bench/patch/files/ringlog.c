/* A log of fixed size: the newest records push out the oldest. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RECORD_MAX 256
#define DEFAULT_SLOTS 128

enum level {
    LEVEL_DEBUG,
    LEVEL_INFO,
    LEVEL_WARNING,
    LEVEL_ERROR,
};

struct record {
    enum level level;
    time_t when;
    char text[RECORD_MAX];
};

struct ringlog {
    struct record *records;
    size_t slots;
    size_t next;
    size_t count;
    enum level least;
    FILE *mirror;
};

static const char *const LEVEL_NAMES[] = {
    "debug",
    "info",
    "warning",
    "error",
};

int ringlog_init(struct ringlog *log, size_t slots)
{
    if (log == NULL) {
        return -EINVAL;
    }
    if (slots == 0) {
        slots = DEFAULT_SLOTS;
    }
    log->records = calloc(slots, sizeof(*log->records));
    if (log->records == NULL) {
        return -ENOMEM;
    }
    log->slots = slots;
    log->next = 0;
    log->count = 0;
    log->least = LEVEL_INFO;
    log->mirror = NULL;
    return 0;
}

void ringlog_free(struct ringlog *log)
{
    if (log == NULL) {
        return;
    }
    free(log->records);
    memset(log, 0, sizeof(*log));
}

void ringlog_set_least(struct ringlog *log, enum level least)
{
    if (log != NULL) {
        log->least = least;
    }
}

void ringlog_set_mirror(struct ringlog *log, FILE *mirror)
{
    if (log != NULL) {
        log->mirror = mirror;
    }
}

static struct record *slot_for_next(struct ringlog *log)
{
    struct record *record = &log->records[log->next];

    log->next = (log->next + 1) % log->slots;
    if (log->count < log->slots) {
        log->count++;
    }
    return record;
}

static void vwrite(struct ringlog *log, enum level level, const char *format, va_list args)
{
    struct record *record;

    if (log == NULL || level < log->least) {
        return;
    }
    record = slot_for_next(log);
    record->level = level;
    record->when = time(NULL);
    vsnprintf(record->text, sizeof(record->text), format, args);
    if (log->mirror != NULL) {
        fprintf(log->mirror, "%s\t%s\n", LEVEL_NAMES[level], record->text);
    }
}

void ringlog_info(struct ringlog *log, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vwrite(log, LEVEL_INFO, format, args);
    va_end(args);
}

void ringlog_warning(struct ringlog *log, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vwrite(log, LEVEL_WARNING, format, args);
    va_end(args);
}

void ringlog_error(struct ringlog *log, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vwrite(log, LEVEL_ERROR, format, args);
    va_end(args);
}

const struct record *ringlog_at(const struct ringlog *log, size_t index)
{
    size_t first;

    if (log == NULL || index >= log->count) {
        return NULL;
    }
    first = (log->next + log->slots - log->count) % log->slots;
    return &log->records[(first + index) % log->slots];
}

size_t ringlog_count(const struct ringlog *log, enum level level)
{
    size_t found = 0;
    size_t index;

    for (index = 0; index < log->count; index++) {
        if (ringlog_at(log, index)->level == level) {
            found++;
        }
    }
    return found;
}

int ringlog_dump(const struct ringlog *log, const char *path)
{
    FILE *out;
    size_t index;

    out = fopen(path, "w");
    if (out == NULL) {
        return -errno;
    }
    for (index = 0; index < log->count; index++) {
        const struct record *record = ringlog_at(log, index);
        char stamp[32];

        strftime(stamp, sizeof(stamp), "%Y-%m-%d %H:%M:%S", gmtime(&record->when));
        fprintf(out, "%s [%s] %s\n", stamp, LEVEL_NAMES[record->level], record->text);
    }
    if (fclose(out) != 0) {
        return -errno;
    }
    return 0;
}

int ringlog_load(struct ringlog *log, const char *path)
{
    char line[RECORD_MAX];
    FILE *in;

    in = fopen(path, "r");
    if (in == NULL) {
        return -errno;
    }
    while (fgets(line, sizeof(line), in) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        ringlog_info(log, "%s", line);
    }
    if (fclose(in) != 0) {
        return -errno;
    }
    return 0;
}
