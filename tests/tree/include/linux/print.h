/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages carry the prefix that the file sets with pr_fmt(). */
#ifndef _LINUX_PRINT_H
#define _LINUX_PRINT_H

#ifndef pr_fmt
#define pr_fmt(text) text
#endif

void print_line(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#define pr_warn(text, ...) print_line("warn: " pr_fmt(text), ##__VA_ARGS__)

/* Stops with the place: __LINE__ and __FILE__ end up in the object. */
void stop_at(const char *file, int line);

#define BUG_IF(condition) \
	do { \
		if (condition) \
			stop_at(__FILE__, __LINE__); \
	} while (0)

#define PASTE_AGAIN(a, b) a##b
#define PASTE(a, b) PASTE_AGAIN(a, b)

/* A name that no other place has. */
#define UNIQUE(prefix) PASTE(prefix, __COUNTER__)

#endif
