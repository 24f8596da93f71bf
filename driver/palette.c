// SPDX-License-Identifier: GPL-2.0-only
/*
 * git itself is asked, so that every word that its configuration knows is known
 * here. The pager is a line for the shell, as git has it: the one place where
 * one is run, with what the user wrote for it and nothing of ours.
 */
#define _GNU_SOURCE
#include "palette.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"
#include "repo_git.h"

static const struct {
	const char *name, *normal;
} slots[SLOT_NR] = {
	[SLOT_COMMIT] = { "color.diff.commit", "yellow" },
	[SLOT_META] = { "color.diff.meta", "bold" },
	[SLOT_FRAG] = { "color.diff.frag", "cyan" },
	[SLOT_FUNC] = { "color.diff.func", "normal" },
	[SLOT_OLD] = { "color.diff.old", "red" },
	[SLOT_NEW] = { "color.diff.new", "green" },
	[SLOT_CONTEXT] = { "color.diff.context", "normal" },
	[SLOT_FOLD] = { "color.cocciseries.fold", "dim" },
};

/* What git config prints; NULL when it fails. */
static char *config(const struct repo *repo, const char *how, const char *name,
		    const char *more)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "config", how, name, more, NULL);
	if (process_run(&p, NULL) || p.status)
		return NULL;
	return repo_git_line(&p);
}

static bool is_wanted(const struct repo *repo, const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	bool able = isatty(STDOUT_FILENO) && term && !streq(term, "dumb");
	_cleanup_free_ char *says = NULL;

	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	says = config(repo, "--get-colorbool", "color.diff",
		      able ? "true" : "false");
	return says ? streq(says, "true") : able;
}

void palette_open(const struct repo *repo, const struct options *options,
		  struct palette *ret)
{
	*ret = (struct palette){ .on = is_wanted(repo, options), .end = "" };
	if (ret->on)
		ret->end = "\033[m";
	for (int i = 0; i < SLOT_NR; i++) {
		ret->begin[i] = ret->on ? config(repo, "--get-color",
						 slots[i].name,
						 slots[i].normal) :
					  NULL;
		if (!ret->begin[i])
			ret->begin[i] = xstrdup("");
	}
}

void palette_release(struct palette *palette)
{
	for (int i = 0; i < SLOT_NR; i++)
		free(palette->begin[i]);
}

/* "less -FRX" and the like; NULL: none is wanted. */
static char *pager_of(const struct repo *repo)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *line = NULL;

	if (!isatty(STDOUT_FILENO))
		return NULL;
	repo_git(repo, NULL, &p);
	process_args(&p, "var", "GIT_PAGER", NULL);
	if (process_run(&p, NULL) || p.status)
		return NULL;
	line = repo_git_line(&p);
	return !*line || streq(line, "cat") ? NULL : xstrdup(line);
}

/* False: it did not start (126 and 127 are the shell's), so nothing was seen. */
static bool show_in(const char *pager, const char *text, size_t len)
{
	FILE *to;
	int status;

	fflush(stdout);
	setenv("LESS", "FRX", false);
	setenv("LV", "-c", false);
	signal(SIGPIPE, SIG_IGN);
	to = popen(pager, "w"); /* NOLINT(cert-env33-c) */
	if (!to)
		return false;
	fwrite(text, 1, len, to);
	status = pclose(to);
	return !WIFEXITED(status) ||
	       (WEXITSTATUS(status) != 126 && WEXITSTATUS(status) != 127);
}

int pager_print(const struct repo *repo, const char *text, size_t len,
		struct error *err)
{
	_cleanup_free_ char *pager = pager_of(repo);

	if (pager && show_in(pager, text, len))
		return 0;
	fwrite(text, 1, len, stdout);
	return output_end(err);
}
