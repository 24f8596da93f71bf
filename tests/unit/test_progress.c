// SPDX-License-Identifier: GPL-2.0-only
/*
 * progress: stderr is a pipe, or the far end of a pseudo terminal, and what
 * came out of it is compared.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "driver/progress.h"

struct capture {
	int saved;	/* the real stderr */
	int reader;	/* where its substitute can be read */
};

static void capture_begin(struct capture *c, int reader, int writer)
{
	fflush(stderr);
	c->saved = dup(STDERR_FILENO);
	c->reader = reader;
	assert_return_code(dup2(writer, STDERR_FILENO), 0);
	close(writer);
}

static void capture_pipe(struct capture *c)
{
	int ends[2];

	assert_return_code(pipe(ends), 0);
	capture_begin(c, ends[0], ends[1]);
}

static void capture_tty(struct capture *c, unsigned short columns)
{
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	int reader, writer;

	assert_return_code(openpty(&reader, &writer, NULL, NULL, &size), 0);
	capture_begin(c, reader, writer);
}

/* What was written; the far end of a terminal has "\r\n" for "\n". */
static char *capture_end(struct capture *c)
{
	struct pollfd wait = { .fd = c->reader, .events = POLLIN };
	struct buf text = BUF_INIT;

	fflush(stderr);
	while (poll(&wait, 1, 50) > 0 && (wait.revents & POLLIN)) {
		char chunk[4096];
		ssize_t n = read(c->reader, chunk, sizeof(chunk));

		if (n <= 0)
			break;
		buf_add(&text, chunk, (size_t)n);
	}
	dup2(c->saved, STDERR_FILENO);
	close(c->saved);
	close(c->reader);
	return buf_detach(&text);
}

static void assert_matches(const char *text, const char *pattern)
{
	regex_t regex;
	int result;

	assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED), 0);
	result = regexec(&regex, text, 0, NULL, 0);
	regfree(&regex);
	if (result)
		fail_msg("'%s' is not %s", text, pattern);
}

static void say(struct progress *p, bool quiet)
{
	progress_init(p, quiet);
	progress_now(p, "step %d: build", 1);
	progress_done(p, "step %d", 1);
	progress_now(p, "step 2");
}

static void test_plain(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	setenv("TERM", "xterm", 1);
	capture_pipe(&c);
	say(&p, false);
	progress_end(&p);
	text = capture_end(&c);
	assert_matches(text, "^step 1  \\([0-9]+\\.[0-9] s\\)\n$");
}

static void test_terminal(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	setenv("TERM", "xterm", 1);
	capture_tty(&c, 80);
	say(&p, false);
	progress_end(&p);
	text = capture_end(&c);
	assert_matches(text, "^\r\033\\[Kstep 1: build"
			     "\r\033\\[Kstep 1  \\([0-9]+\\.[0-9] s\\)\r\n"
			     "\r\033\\[Kstep 2\r\033\\[K$");
}

static void test_dumb_terminal(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	setenv("TERM", "dumb", 1);
	capture_tty(&c, 80);
	say(&p, false);
	progress_end(&p);
	text = capture_end(&c);
	assert_matches(text, "^step 1  \\([0-9]+\\.[0-9] s\\)\r\n$");
}

/* A line that wraps cannot be rewritten; a sequence is not cut in its middle. */
static void test_narrow_terminal(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	setenv("TERM", "xterm", 1);
	capture_tty(&c, 10);
	progress_init(&p, false);
	progress_now(&p, "a\nb\tc\xc3\xa4" "efgh\xc3\xb6" "jklm");
	p.open = false;
	progress_end(&p);
	text = capture_end(&c);
	assert_string_equal(text, "\r\033[Ka b c\xc3\xa4" "efg");
}

static void test_quiet(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	setenv("TERM", "xterm", 1);
	capture_tty(&c, 80);
	say(&p, true);
	progress_note(&p, "what a %s took", "lane");
	assert_matches(p.log.data, "^( +[0-9]+\\.[0-9]{3}){2}  step 1\n"
				"                   what a lane took\n$");
	progress_end(&p);
	text = capture_end(&c);
	assert_string_equal(text, "");
}

/* Seconds count from the last finished line, not from the start. */
static void test_seconds(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct progress p;
	struct capture c;

	(void)state;
	capture_pipe(&c);
	progress_init(&p, false);
	p.started -= 75.0;
	progress_done(&p, "first");
	progress_done(&p, "second");
	progress_end(&p);
	text = capture_end(&c);
	assert_matches(text, "^first  \\(75\\.[0-9] s\\)\n"
			     "second  \\(0\\.[0-9] s\\)\n$");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_dumb_terminal),
		cmocka_unit_test(test_narrow_terminal),
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
