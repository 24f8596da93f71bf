// SPDX-License-Identifier: GPL-2.0-only
/*
 * The writer of pages: that no text can become markup, whatever its bytes are, and
 * what lines of source look like.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "driver/html_code.h"
#include "driver/html_page.h"
#include "driver/render.h"

#define DOCTYPE "<!DOCTYPE html>\n"

/* What was written, behind the document type; the caller frees. */
static char *written(struct html *h)
{
	struct buf page = BUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(html_end(h, &page, &err), 0);
	assert_memory_equal(page.data, DOCTYPE, strlen(DOCTYPE));
	buf_splice(&page, 0, strlen(DOCTYPE), NULL, 0);
	return buf_detach(&page);
}

static char *text(const char *s)
{
	struct html *h = html_new();

	html_class(h, "p", s);
	html_text(h, s);
	html_close(h);
	return written(h);
}

static void escapes_text_and_attributes(void **state)
{
	_cleanup_free_ char *plain = text("a");
	_cleanup_free_ char *markup = text("</p><b c=\"d\" e='f'>&amp;");
	_cleanup_free_ char *latin = text("\xff\xc3\xa9");

	(void)state;
	assert_string_equal(plain, "<p class=\"a\">a</p>");
	assert_string_equal(markup,
			    "<p class=\"&lt;/p&gt;&lt;b c=&quot;d&quot; "
			    "e='f'&gt;&amp;amp;\">"
			    "&lt;/p&gt;&lt;b c=&quot;d&quot; "
			    "e='f'&gt;&amp;amp;</p>");
	assert_string_equal(latin, "<p class=\"&#xFFFD;&#xE9;\">"
				   "&lt;FF&gt;\xc3\xa9</p>");
}

static void ends_what_is_empty(void **state)
{
	struct html *h = html_new();
	_cleanup_free_ char *page = NULL;

	(void)state;
	html_open(h, "td");
	html_close(h);
	html_open(h, "meta");
	html_close_void(h);
	page = written(h);
	assert_string_equal(page, "<td></td><meta/>");
}

/* No bytes at all make an element, an attribute or something that is not UTF-8. */
static void holds_any_bytes(void **state)
{
	unsigned int seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct html *h = html_new();
		char bytes[64];
		_cleanup_free_ char *page = NULL, *clean = NULL;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			static const char few[] = "<>&\"'/ -!?ab\n\t\x7f\xe2";

			seed = seed * 1103515245 + 12345;
			bytes[i] = seed >> 30 ? (char)(seed >> 16) :
						few[seed >> 16 & 15];
		}
		html_source(h, bytes, sizeof(bytes));
		page = written(h);
		assert_null(strpbrk(page, "<>"));
		for (const char *s = page; *s; s++)
			assert_true((unsigned char)*s >= ' ' || *s == '\t');
		clean = render_utf8(page);
		assert_string_equal(page, clean);
	}
}

static void shows_what_is_not_to_be_seen(void **state)
{
	static const char odd[] = "a\0\r\033\xe2\x80\xae";
	struct html *h = html_new();
	_cleanup_free_ char *page = NULL;

	(void)state;
	html_source(h, odd, sizeof(odd) - 1);
	page = written(h);
	assert_string_equal(page, "a^@^M^[&lt;U+202E&gt;");
}

static void knows_base64(void **state)
{
	static const struct {
		const char *hex, *base64;
	} cases[] = {
		{ "", "" },
		{ "66", "Zg==" },
		{ "666f", "Zm8=" },
		{ "666f6f", "Zm9v" },
		{ "666f6f62", "Zm9vYg==" },
		{ "fbff", "+/8=" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *got = html_base64(cases[i].hex);

		assert_string_equal(got, cases[i].base64);
	}
}

/* A line of a file, as it is written; the caller frees. */
static char *line_of(const char *path, const char *source, size_t line)
{
	struct review_side side = { .path = path,
				    .data = source,
				    .len = strlen(source) };
	struct html *h = html_new();
	struct html_code code;

	linediff_split(side.data, side.len, &side.lines, &side.nr);
	html_code_open(&side, &code);
	html_code_line(h, &code, line);
	html_code_release(&code);
	free(side.lines);
	return written(h);
}

static void tells_tokens_apart(void **state)
{
	static const char source[] = "#include <a.h>\n"
				     "/* one\n"
				     " * two <b>\n"
				     " */ static int a = 1;\n"
				     "char *s = \"</i>\"; // end\n"
				     "last";
	static const char *const lines[] = {
		"<span class=\"pp\">#include &lt;a.h&gt;</span>",
		"<span class=\"co\">/* one</span>",
		"<span class=\"co\"> * two &lt;b&gt;</span>",
		"<span class=\"co\"> */</span> <span class=\"kw\">static</span> "
		"<span class=\"kw\">int</span> a = <span class=\"nu\">1</span>;",
		"<span class=\"kw\">char</span> *s = <span class=\"st\">"
		"&quot;&lt;/i&gt;&quot;</span>; <span class=\"co\">// end</span>",
		"last<i class=\"eof\"> no newline at the end of the file</i>",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		_cleanup_free_ char *got = line_of("a.c", source, i + 1);

		assert_string_equal(got, lines[i]);
	}
}

static void leaves_other_files_plain(void **state)
{
	_cleanup_free_ char *got = line_of("Makefile", "# int 'a\n", 1);

	(void)state;
	assert_string_equal(got, "# int 'a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_text_and_attributes),
		cmocka_unit_test(ends_what_is_empty),
		cmocka_unit_test(holds_any_bytes),
		cmocka_unit_test(shows_what_is_not_to_be_seen),
		cmocka_unit_test(knows_base64),
		cmocka_unit_test(tells_tokens_apart),
		cmocka_unit_test(leaves_other_files_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
