// SPDX-License-Identifier: GPL-2.0-only
/*
 * Elements that have an end get one of their own, also when they are empty: to a
 * browser "<td/>" is "<td>".
 */
#define _GNU_SOURCE
#include "html.h"

#include <libxml/xmlwriter.h>
#include <stdarg.h>
#include <stdio.h>

#include "render.h"
#include "visible.h"

struct html {
	xmlBuffer *buffer;
	xmlTextWriter *writer;
	bool failed;
};

/* What libxml2 returns: bytes written, -1 when there was no memory. */
static void check(struct html *h, int written)
{
	h->failed |= written < 0;
}

struct html *html_new(void)
{
	struct html *h = xcalloc(1, sizeof(*h));

	h->buffer = xmlBufferCreate();
	h->writer = h->buffer ? xmlNewTextWriterMemory(h->buffer, 0) : NULL;
	h->failed = !h->writer;
	if (h->writer)
		html_raw(h, "<!DOCTYPE html>\n");
	return h;
}

int html_end(struct html *h, struct buf *ret, struct error *err)
{
	bool failed;

	if (h->writer)
		check(h, xmlTextWriterFlush(h->writer));
	xmlFreeTextWriter(h->writer);
	failed = h->failed;
	if (!failed)
		buf_add(ret, xmlBufferContent(h->buffer),
			(size_t)xmlBufferLength(h->buffer));
	xmlBufferFree(h->buffer);
	free(h);
	return failed ? error_set(err, ERROR_SYSTEM,
				  "there is no memory for the page") :
			0;
}

void html_open(struct html *h, const char *element)
{
	check(h, xmlTextWriterStartElement(h->writer, BAD_CAST element));
}

void html_class(struct html *h, const char *element, const char *class)
{
	html_open(h, element);
	html_attr(h, "class", class);
}

void html_attr(struct html *h, const char *name, const char *value)
{
	_cleanup_free_ char *clean = render_utf8(value);

	check(h, xmlTextWriterWriteAttribute(h->writer, BAD_CAST name,
					     BAD_CAST clean));
}

static char *print(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		return xstrdup("");
	return text;
}

void html_attrf(struct html *h, const char *name, const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = print(fmt, args);
	va_end(args);
	html_attr(h, name, text);
}

void html_source(struct html *h, const char *text, size_t len)
{
	_cleanup_(buf_release) struct buf seen = BUF_INIT;
	xmlChar *escaped;

	visible_add(text, len, &seen);
	escaped = xmlEncodeSpecialChars(NULL, BAD_CAST seen.data);
	/* The writer's own escaping leaves text alone that is in no element. */
	h->failed |= !escaped;
	if (escaped)
		check(h, xmlTextWriterWriteRaw(h->writer, escaped));
	xmlFree(escaped);
}

void html_text(struct html *h, const char *text)
{
	html_source(h, text, strlen(text));
}

void html_textf(struct html *h, const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = print(fmt, args);
	va_end(args);
	html_text(h, text);
}

void html_count(struct html *h, size_t n)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	render_count(&text, n);
	html_text(h, text.data);
}

void html_counted(struct html *h, size_t n, const char *plural)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	render_counted(&text, n, plural);
	html_text(h, text.data);
}

void html_close(struct html *h)
{
	check(h, xmlTextWriterFullEndElement(h->writer));
}

void html_close_void(struct html *h)
{
	check(h, xmlTextWriterEndElement(h->writer));
}

void html_leaf(struct html *h, const char *element, const char *class,
	       const char *text)
{
	html_open(h, element);
	if (class)
		html_attr(h, "class", class);
	html_text(h, text);
	html_close(h);
}

void html_link(struct html *h, const char *href, const char *text)
{
	html_open(h, "a");
	html_attr(h, "href", href);
	html_text(h, text);
	html_close(h);
}

void html_raw(struct html *h, const char *text)
{
	check(h, xmlTextWriterWriteRaw(h->writer, BAD_CAST text));
}
