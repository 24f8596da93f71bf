/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes an HTML page piece by piece, through libxml2's writer: it escapes, and
 * closes what was opened. Whatever bytes come in, what goes out is UTF-8.
 *
 *	struct html *h = html_new();
 *
 *	html_open(h, "p");
 *	html_attr(h, "class", "lead");
 *	html_text(h, "a < b");
 *	html_close(h);
 *	html_end(h, &page);
 *
 * Attributes come directly behind html_open(). No function fails but the last.
 */
#ifndef DRIVER_HTML_H
#define DRIVER_HTML_H

#include "lib/buf.h"
#include "lib/error.h"

struct html;

struct html *html_new(void);

/* Appends the page to ret and frees h. -1: there was no memory for it. */
int html_end(struct html *h, struct buf *ret, struct error *err);

/* "<p"; html_class() has class="..." with it. */
void html_open(struct html *h, const char *element);
void html_class(struct html *h, const char *element, const char *class);

void html_attr(struct html *h, const char *name, const char *value);
void html_attrf(struct html *h, const char *name, const char *fmt, ...)
	__printf(3, 4);

/*
 * Text of an element, seen as it is (visible.h); html_source() of bytes that no NUL
 * ends. html_count() writes "14,178".
 */
void html_source(struct html *h, const char *text, size_t len);
void html_text(struct html *h, const char *text);
void html_textf(struct html *h, const char *fmt, ...) __printf(2, 3);
void html_count(struct html *h, size_t n);
void html_counted(struct html *h, size_t n, const char *plural);

/* "</p>"; html_close_void() of an element that has no end: <meta>. */
void html_close(struct html *h);
void html_close_void(struct html *h);

/* <element class="class">text</element>; class may be NULL. */
void html_leaf(struct html *h, const char *element, const char *class,
	       const char *text);

/* <a href="href">text</a> */
void html_link(struct html *h, const char *href, const char *text);

/* Text that stands as it is: of <style> and <script>, and never from outside. */
void html_raw(struct html *h, const char *text);

#endif
