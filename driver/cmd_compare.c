// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare: the code rung on object files alone, across translation units.
 *
 * The border between old and new is the first "--", so argv is cut there and
 * each half parsed by itself: options may stand on either side, behind NEW as
 * well, which argp by itself would take for a file.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>

#include "collect.h"
#include "options.h"
#include "output.h"
#include "render.h"
#include "usage.h"
#include "verify/objects.h"

#define EXIT_SYSTEM 4

enum { KEY_JSON = 0x100, KEY_COLOR };

struct arguments {
	struct strv sides[2]; /* what was given before and behind "--" */
	int side;	      /* the one that is being parsed */
	bool border;	      /* there was a "--" */
	struct options look;  /* colour, as in the other subcommands */
	bool json;
};

static const struct argp_option option_table[] = {
	{ "json", KEY_JSON, NULL, 0, "print the result as JSON", 0 },
	{ "color", KEY_COLOR, "WHEN", OPTION_ARG_OPTIONAL,
	  "auto, always or never", 0 },
	{ 0 },
};

static const char doc[] =
	"Compares relocatable objects before (OLD) and after (NEW) as two sets: "
	"symbols, machine code of functions, data and tables, with relocations "
	"resolved to what they mean. It does not matter which object of a side "
	"holds a function.\v"
	"A folder stands for every *.o file below it. In a folder, an object "
	"that kbuild linked from others (kvm.o: NAME.mod beside it lists them) "
	"stands for its parts, wherever they are; named by itself it is taken as "
	"it is.\n\n"
	"Exit status: 0 equal or explained, 1 different, 2 undecided, 4 could "
	"not work, 129 usage.";

static error_t parse_color(const char *arg, struct arguments *a)
{
	if (!arg || streq(arg, "always"))
		a->look.color = COLOR_ALWAYS;
	else if (streq(arg, "never"))
		a->look.color = COLOR_NEVER;
	else if (streq(arg, "auto"))
		a->look.color = COLOR_AUTO;
	else
		return EINVAL;
	return 0;
}

static error_t parse_end(struct argp_state *state)
{
	struct arguments *a = state->input;

	if (!a->border)
		argp_error(state, "no '--' between the old and the new objects");
	else if (!a->sides[a->side].nr)
		argp_error(state, "no %s objects given",
			   a->side ? "new" : "old");
	return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case KEY_JSON:
		a->json = true;
		return 0;
	case KEY_COLOR:
		if (parse_color(arg, a))
			argp_error(state, "unknown colour setting '%s'", arg);
		return 0;
	case ARGP_KEY_ARG:
		strv_add(&a->sides[a->side], arg);
		return 0;
	case ARGP_KEY_END:
		return parse_end(state);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void parse(int argc, char **argv, struct arguments *a)
{
	const struct argp argp = {
		.options = option_table,
		.parser = parse_option,
		.args_doc = "OLD... -- NEW...",
		.doc = doc,
	};
	char *command = argv[0];
	int border = 1;

	while (border < argc && !streq(argv[border], "--"))
		border++;
	a->border = border < argc;
	if (a->border)
		argv[border] = NULL;
	usage_parse(&argp, border, argv, a);
	/* Without a border it does not come this far. Its place takes the name. */
	a->side = 1;
	argv[border] = command;
	usage_parse(&argp, argc - border, argv + border, a);
}

static void print_json(const struct outcome *o)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	json_t *document = json_object();

	json_object_set_new(document, "schema", json_integer(REPORT_SCHEMA));
	json_object_set_new(document, "result",
			    render_string_json(result_name(o->result)));
	json_object_set_new(document, "checked",
			    json_integer((json_int_t)o->checked));
	json_object_set_new(document, "differences", render_findings_json(o));
	json_object_set_new(document, "not_compared",
			    render_strv_json(&o->not_compared));
	render_dump(document, &text);
	json_decref(document);
	fputs(text.data, stdout);
}

static void print_text(const struct outcome *o, size_t before, size_t after,
		       bool colour)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	_cleanup_free_ char *missing = strv_join(&o->not_compared, ", ");

	render_result(&text, o->result, result_name(o->result), colour);
	buf_addch(&text, '\n');
	render_findings(o, 2, 0, colour, &text);
	buf_addstr(&text, "compared: ");
	render_counted(&text, o->checked, render_unit(RUNG_CODE));
	buf_addf(&text, ", %zu %s before, %zu after\n", before,
		 before == 1 ? "object" : "objects", after);
	buf_addf(&line, "not compared: %s", missing);
	if (o->not_compared.nr)
		render_wrapped(&text, line.data, 0);
	fwrite(text.data, 1, text.len, stdout);
}

static int exit_code(enum result result)
{
	switch (result) {
	case RESULT_EQUAL:
	case RESULT_EXPLAINED:
		return 0;
	case RESULT_DIFFERENT:
		return 1;
	case RESULT_NOT_RUN:
	case RESULT_UNDECIDED:
		break;
	}
	return 2;
}

static int compare(const struct arguments *a, struct error *err)
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;
	_cleanup_(outcome_release) struct outcome o = OUTCOME_INIT(RUNG_CODE);
	const struct objects_options none = { 0 };

	if (collect_objects(&a->sides[0], &before, err) ||
	    collect_objects(&a->sides[1], &after, err) ||
	    objects_compare(&before, &after, &none, &o, err))
		return -1;
	if (a->json)
		print_json(&o);
	else
		print_text(&o, before.nr, after.nr, options_color(&a->look));
	if (output_end(err))
		return -1;
	return exit_code(o.result);
}

int cmd_compare(int argc, char **argv)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct arguments a = { 0 };
	int code;

	parse(argc, argv, &a);
	code = compare(&a, &err);
	if (code < 0) {
		error_print(&err);
		code = EXIT_SYSTEM;
	}
	strv_release(&a.sides[0]);
	strv_release(&a.sides[1]);
	return code;
}
