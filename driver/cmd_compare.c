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
#include "lib/lex.h"
#include "options.h"
#include "output.h"
#include "render.h"
#include "usage.h"
#include "verify/objects.h"
#include "verify/state.h"

#define EXIT_SYSTEM 4

enum { KEY_JSON = 0x100, KEY_COLOR, KEY_RENAME };

struct arguments {
	struct strv sides[2]; /* what was given before and behind "--" */
	int side;	      /* the one that is being parsed */
	bool border;	      /* there was a "--" */
	struct options look;  /* colour, as in the other subcommands */
	bool json;
	struct strv old, new; /* of --rename, in parallel */
};

static const struct argp_option option_table[] = {
	{ "rename", KEY_RENAME, "OLD=NEW", 0,
	  "what the symbol OLD of the old objects is called in the new ones; "
	  "may be given more than once", 0 },
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
	"An object is an *.o or *.ko file; an archive (*.a) stands for its "
	"members. A folder stands for every *.o file below it, or if it has none "
	"for every *.ko file. In a folder, an object that kbuild linked from "
	"others (kvm.o: NAME.mod beside it lists them) stands for its parts, "
	"wherever they are; named by itself it is taken as it is.\n\n"
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

static bool is_identifier(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_word_byte(s[i]))
			return false;
	return len && (*s < '0' || *s > '9');
}

static void parse_rename(const char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;
	size_t len = strcspn(arg, "=");
	const char *new = arg + len + (arg[len] == '=');
	_cleanup_free_ char *old = xstrndup(arg, len);

	if (!is_identifier(old, len) || !is_identifier(new, strlen(new)))
		argp_error(state, "'%s' is not OLD=NEW, two identifiers", arg);
	else if (streq(old, new))
		argp_error(state, "'%s' renames nothing", arg);
	else if (strv_has(&a->old, old))
		argp_error(state, "'%s' is renamed twice", old);
	else if (strv_has(&a->new, new))
		argp_error(state, "two symbols would be called '%s'", new);
	strv_add(&a->old, old);
	strv_add(&a->new, new);
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
	case KEY_RENAME:
		parse_rename(arg, state);
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

static const char *const kind_names[CLAIM_NR] = {
	[CLAIM_COMPARED] = "compared",
	[CLAIM_PADDING] = "padding",
	[CLAIM_LISTED] = "listed",
	[CLAIM_NONE] = "unclaimed",
};

static json_t *ledger_json(const struct ledger *l)
{
	json_t *object = json_object();

	json_object_set_new(object, "total", json_integer((json_int_t)l->total));
	for (int i = 0; i < CLAIM_NR; i++)
		json_object_set_new(object, kind_names[i],
				    json_integer((json_int_t)l->by_kind[i]));
	return object;
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
	json_object_set_new(document, "objects_before",
			    json_integer((json_int_t)o->objects[0]));
	json_object_set_new(document, "objects_after",
			    json_integer((json_int_t)o->objects[1]));
	json_object_set_new(document, "bytes", ledger_json(&o->bytes));
	json_object_set_new(document, "relocations",
			    ledger_json(&o->relocations));
	json_object_set_new(document, "differences", render_findings_json(o));
	json_object_set_new(document, "not_compared",
			    render_strv_json(&o->not_compared));
	render_dump(document, &text);
	json_decref(document);
	fputs(text.data, stdout);
}

/* "accounted: 10 bytes (9 compared, 1 padding), 3 relocations (3 compared)" */
static void print_ledger(const struct ledger *l, const char *unit,
			 struct buf *ret)
{
	const char *between = " (";

	render_counted(ret, l->total, unit);
	for (int i = 0; i < CLAIM_NR; i++) {
		if (!l->by_kind[i])
			continue;
		buf_addstr(ret, between);
		render_count(ret, l->by_kind[i]);
		buf_addf(ret, " %s", kind_names[i]);
		between = ", ";
	}
	if (l->total)
		buf_addch(ret, ')');
}

static void print_accounted(const struct outcome *o, struct buf *ret)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;

	buf_addstr(&line, "accounted: ");
	print_ledger(&o->bytes, "bytes", &line);
	buf_addstr(&line, ", ");
	print_ledger(&o->relocations, "relocations", &line);
	render_wrapped(ret, line.data, 0);
}

static void print_text(const struct outcome *o, bool colour)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	_cleanup_free_ char *missing = strv_join(&o->not_compared, ", ");

	render_result(&text, o->result, result_name(o->result), colour);
	buf_addch(&text, '\n');
	render_findings(o, 2, 0, colour, &text);
	buf_addstr(&text, "compared: ");
	render_counted(&text, o->checked, render_unit(RUNG_CODE));
	buf_addf(&text, ", %zu %s before, %zu after\n", o->objects[0],
		 o->objects[0] == 1 ? "object" : "objects", o->objects[1]);
	print_accounted(o, &text);
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
	_cleanup_free_ struct renamed *renamed =
		xcalloc(a->old.nr, sizeof(*renamed));
	const struct objects_options options = { .renamed = renamed,
						 .nr_renamed = a->old.nr };

	for (size_t i = 0; i < a->old.nr; i++)
		renamed[i] = (struct renamed){ a->old.v[i], a->new.v[i] };
	if (collect_objects(&a->sides[0], &before, err) ||
	    collect_objects(&a->sides[1], &after, err) ||
	    objects_compare(&before, &after, &options, &o, err))
		return -1;
	if (a->json)
		print_json(&o);
	else
		print_text(&o, options_color(&a->look));
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
	strv_release(&a.old);
	strv_release(&a.new);
	return code;
}
