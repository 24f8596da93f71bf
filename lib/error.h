/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a library function says what went wrong. It returns -1 and fills the
 * error; it never prints and never exits. Only a subcommand prints (once, with
 * error_print()) and turns the class into an exit code.
 *
 * A message is lower-case, without a full stop, names the file, line and step
 * it is about, and says what to do where that is known:
 *
 *	semantic-patches/x/0010-a.cocci:4: unknown key 'Knid' (did you mean 'Kind'?)
 */
#ifndef LIB_ERROR_H
#define LIB_ERROR_H

#include "util.h"

enum error_class {
	ERROR_NONE = 0,
	ERROR_SYSTEM, /* a program is missing, I/O failed, a time limit: exit 4 */
	ERROR_INPUT,  /* a malformed series, step or argument: exit 129 */
	ERROR_DRIFT,  /* a well-formed step does not fit this base: exit 3 */
	ERROR_BUILD,  /* a commit does not build: exit 1 */
};

struct error {
	enum error_class class;
	char *text; /* owned; NULL while class is ERROR_NONE */
};

#define ERROR_INIT { ERROR_NONE, NULL }

/* Fills err, replacing what it held; err may be NULL. Always returns -1. */
int error_set(struct error *err, enum error_class class, const char *fmt, ...)
	__printf(3, 4);

/* As error_set() with ERROR_SYSTEM and ": " and strerror(errno) behind it. */
int error_errno(struct error *err, const char *fmt, ...) __printf(2, 3);

/* Puts "prefix: " before the text that is there. Always returns -1. */
int error_prefix(struct error *err, const char *fmt, ...) __printf(2, 3);

/*
 * All three return -1, which compilers and analysers are told here: they cannot
 * see it, and would follow a failure into what is only there after a success.
 */
static inline int error_result(void)
{
	return -1;
}

#define error_set(...) (error_set(__VA_ARGS__), error_result())
#define error_errno(...) (error_errno(__VA_ARGS__), error_result())
#define error_prefix(...) (error_prefix(__VA_ARGS__), error_result())

/* Prints "cocciseries: error: text" to stderr, every line of it so marked. */
void error_print(const struct error *err);

/* 4, 129, 3 or 1 by class; 0 for ERROR_NONE. */
int error_exit_code(const struct error *err);

/* Frees the text and makes err ERROR_NONE; a cleanup function. */
void error_release(struct error *err);

#endif
