// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a cut needs, for people: a section a kind of need, a line each with the
 * place in a form that editors jump to; at the end what can be pasted into
 * steps. Long lists of users are cut short; --json has them whole.
 */
#include "cut_needs.h"

#include <ctype.h>

#include "lib/fs.h"
#include "render.h"

#define SHOWN 3 /* users and names on a line */
#define WIDTH 80

struct text {
	const struct cut_question *q;
	const struct cut_needs *needs;
	struct buf *out;
	size_t width; /* of the names' column */
	size_t place; /* of that of their places */
};

static void widen(size_t *width, const char *name)
{
	size_t need = render_width(name);

	if (need > *width)
		*width = need;
}

static size_t name_width(const struct cut_needs *n)
{
	size_t width = 0;

	for (size_t i = 0; i < n->nr_crossings; i++)
		widen(&width, n->crossings[i].item.name);
	for (size_t i = 0; i < n->nr_stale; i++)
		widen(&width, n->stale[i].prototype.name);
	for (size_t i = 0; i < n->exports.nr; i++)
		widen(&width, n->exports.v[i].name);
	for (size_t i = 0; i < n->includes.nr; i++)
		widen(&width, n->includes.v[i].include);
	return width;
}

static void section(const struct text *t, bool *begun, const char *title)
{
	if (!*begun)
		buf_addf(t->out, "\n%s\n", title);
	*begun = true;
}

static void row(const struct text *t, const char *name, unsigned int line)
{
	_cleanup_free_ char *place = xasprintf("%s:%u", t->q->from, line);

	buf_addstr(t->out, "  ");
	render_cell(t->out, name, t->width);
	buf_addstr(t->out, "  ");
	render_cell(t->out, place, t->place);
}

static void add_users(const struct text *t, const struct cut_lines *users)
{
	for (size_t i = 0; i < users->nr && i < SHOWN; i++) {
		const struct cut_line *u = &users->v[i];

		buf_addf(t->out, "%s%s:%u", i ? ", " : "",
			 *u->name ? u->name : item_kind_name(u->kind), u->line);
	}
	if (users->nr > SHOWN)
		buf_addf(t->out, " and %zu more", users->nr - SHOWN);
}

static void add_problems(const struct text *t)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->problems.nr; i++) {
		const struct drift *d = &t->needs->problems.v[i];

		section(t, &begun, "In the way:");
		buf_addf(t->out, "  %s", d->path);
		if (d->line)
			buf_addf(t->out, ":%u", d->line);
		buf_addf(t->out, ": %s", d->message);
		if (d->suggestion)
			buf_addf(t->out, "; %s", d->suggestion);
		buf_addch(t->out, '\n');
	}
}

/* Nothing that stays uses it: no reason to leave it behind. */
static bool is_companion(const struct cut_crossing *c)
{
	return !c->moves && !c->left_users.nr;
}

static bool is_promotion(const struct cut_crossing *c, bool moves)
{
	return c->moves == moves && !is_companion(c) &&
	       (c->kind == NEED_PROMOTE_MOVED || c->kind == NEED_PROMOTE_LEFT);
}

static void add_companions(const struct text *t)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->nr_crossings; i++) {
		const struct cut_crossing *c = &t->needs->crossings[i];

		if (!is_companion(c))
			continue;
		section(t, &begun, "Move along, as nothing that stays uses "
				   "them: name them too, and ask again");
		row(t, c->item.name, c->item.line);
		buf_addf(t->out, "  %s, used by ",
			 item_kind_name(c->item.kind));
		add_users(t, &c->moved_users);
		buf_addch(t->out, '\n');
	}
}

static void add_promotions(const struct text *t, bool moves)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->nr_crossings; i++) {
		const struct cut_crossing *c = &t->needs->crossings[i];

		if (!is_promotion(c, moves))
			continue;
		section(t, &begun, moves ?
			"Promote first: they move, and what stays uses them" :
			"Promote first: they stay, and what moves uses them");
		row(t, c->item.name, c->item.line);
		buf_addstr(t->out, "  used by ");
		add_users(t, moves ? &c->left_users : &c->moved_users);
		if (c->fits_inline)
			buf_addf(t->out, "; %u lines, fit for 'As: inline'",
				 c->lines);
		buf_addch(t->out, '\n');
	}
}

static void add_sides(const struct text *t, const struct cut_crossing *c)
{
	row(t, c->item.name, c->item.line);
	buf_addf(t->out, "  %s", c->moves ? "moves" : "stays");
	if (c->moved_users.nr)
		buf_addstr(t->out, "; users that move: ");
	add_users(t, &c->moved_users);
	if (c->left_users.nr)
		buf_addstr(t->out, "; users that stay: ");
	add_users(t, &c->left_users);
	buf_addch(t->out, '\n');
}

static void add_shared(const struct text *t, bool data)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->nr_crossings; i++) {
		const struct cut_crossing *c = &t->needs->crossings[i];

		if (is_companion(c) || c->kind == NEED_PROMOTE_MOVED ||
		    c->kind == NEED_PROMOTE_LEFT ||
		    (c->kind == NEED_SHARED_DATA) != data)
			continue;
		section(t, &begun, data ?
			"Static data on both sides: move all users together" :
			"Private macros and types: move them to a header first, "
			"or all users together");
		add_sides(t, c);
	}
}

static void add_stale(const struct text *t)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->nr_stale; i++) {
		const struct cut_stale *s = &t->needs->stale[i];

		section(t, &begun, "Forward declarations that become stale");
		row(t, s->prototype.name, s->prototype.line);
		buf_addf(t->out, "  %s\n",
			 s->goes_along ? "goes along, moved code needs it" :
			 s->promoted ? "goes with the promotion" : "goes");
	}
}

static void add_exports(const struct text *t)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->exports.nr; i++) {
		section(t, &begun, "Exports that go along");
		buf_addf(t->out, "  ");
		render_cell(t->out, t->needs->exports.v[i].name, t->width);
		buf_addf(t->out, "  %s:%u\n", t->q->from,
			 t->needs->exports.v[i].line);
	}
}

static void add_includes(const struct text *t)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->includes.nr; i++) {
		const struct include_need *need = &t->needs->includes.v[i];

		section(t, &begun, "Includes that the destination needs");
		row(t, need->include, need->line);
		buf_addstr(t->out, "  for ");
		for (size_t n = 0; n < need->names.nr && n < SHOWN; n++)
			buf_addf(t->out, "%s%s", n ? ", " : "",
				 need->names.v[n]);
		if (need->names.nr > SHOWN)
			buf_addf(t->out, " and %zu more",
				 need->names.nr - SHOWN);
		buf_addch(t->out, '\n');
	}
}

static void add_rest(const struct text *t)
{
	const struct cut_needs *n = t->needs;

	if (n->pr_fmt)
		buf_addf(t->out, "\nA new file needs the same pr_fmt\n  %s\n",
			 n->pr_fmt);
	if (n->kbuild)
		buf_addf(t->out, "\nThe move adds the object\n"
				 "  %s: %s behind %s\n",
			 n->kbuild, n->object, n->beside);
}

/* "// Key: a, b, c" or "identifier fn = {a, b, c", in lines of 80 columns. */
static void add_list(struct buf *out, const char *head, const char *further,
		     const struct strv *list)
{
	size_t column = strlen(head), indent = 8; /* of either "further" */

	buf_addstr(out, head);
	for (size_t i = 0; i < list->nr; i++) {
		size_t len = strlen(list->v[i]) + 2;

		if (i && column + len > WIDTH) {
			buf_addf(out, ",\n%s", further);
			column = indent;
		} else if (i) {
			buf_addstr(out, ", ");
		}
		buf_addstr(out, list->v[i]);
		column += len;
	}
}

static void paste_names(const struct text *t, const struct strv *functions,
			const struct strv *others)
{
	if (others->nr) {
		add_list(t->out, "// Items: ", "//    ", others);
		buf_addch(t->out, '\n');
	}
	if (functions->nr) {
		add_list(t->out, "identifier fn = {", "\t", functions);
		buf_addstr(t->out, "};\n");
	}
}

static void paste_promotion(const struct text *t, bool moves, bool as_inline)
{
	const struct cut_header *header = &t->needs->header[moves];
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	const struct strv none = STRV_INIT;

	for (size_t i = 0; i < t->needs->nr_crossings; i++) {
		const struct cut_crossing *c = &t->needs->crossings[i];

		if (is_promotion(c, moves) && c->fits_inline == as_inline)
			strv_add(&names, c->item.name);
	}
	if (!names.nr)
		return;
	buf_addf(t->out, "\n// Kind: promote\n// From: %s\n// Header: %s\n%s",
		 t->q->from, header->path ? header->path : "(see --header)",
		 as_inline ? "// As: inline\n" : "");
	paste_names(t, &names, &none);
	if (header->path && !header->seen_by_from)
		buf_addf(t->out, "(%s does not include %s yet)\n", t->q->from,
			 header->path);
}

/* Lines of a preamble, in the head of a step. */
static void paste_lines(struct buf *out, const char *text)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	strv_split(&lines, text, "\r\n");
	for (size_t i = 0; i < lines.nr; i++)
		buf_addf(out, "//    %s\n", lines.v[i]);
}

/* The includes of a form, apart from what is above. */
static void paste_includes(const struct text *t, char form)
{
	bool begun = false;

	for (size_t i = 0; i < t->needs->includes.nr; i++) {
		const char *include = t->needs->includes.v[i].include;

		if (include[0] != form)
			continue;
		buf_addf(t->out, "%s//    #include %s\n",
			 begun ? "" : "//\n", include);
		begun = true;
	}
}

/* "// SPDX" of a .c file is a block comment in a header. */
static void paste_spdx(const struct text *t)
{
	const char *line = t->needs->spdx;

	if (ends_with(t->q->to, ".h") && starts_with(line, "// "))
		buf_addf(t->out, "//    /* %s */\n", line + strlen("// "));
	else
		buf_addf(t->out, "//    %s\n", line);
}

/* KVM_REGS_H of arch/x86/kvm/regs.h: the folder keeps such names apart. */
static char *guard_of(const char *path)
{
	_cleanup_free_ char *dir = fs_dirname(path);
	char *guard = xasprintf("%s_%s", fs_basename(dir), fs_basename(path));

	for (char *c = guard; *c; c++)
		*c = isalnum((unsigned char)*c) ?
			     (char)toupper((unsigned char)*c) : '_';
	return guard;
}

static void paste_preamble(const struct text *t)
{
	const struct cut_needs *n = t->needs;
	_cleanup_free_ char *guard = guard_of(t->q->to);
	bool header = ends_with(t->q->to, ".h");

	buf_addstr(t->out, "// Preamble:\n");
	paste_spdx(t);
	if (header)
		buf_addf(t->out, "//    #ifndef %s\n//    #define %s\n",
			 guard, guard);
	if (n->pr_fmt)
		paste_lines(t->out, n->pr_fmt);
	paste_includes(t, '<');
	paste_includes(t, '"');
	if (header)
		buf_addf(t->out, "//\n//    #endif /* %s */\n", guard);
}

static void paste_move(const struct text *t)
{
	const struct cut_needs *n = t->needs;
	_cleanup_(strv_release) struct strv functions = STRV_INIT;
	_cleanup_(strv_release) struct strv others = STRV_INIT;
	_cleanup_(strv_release) struct strv includes = STRV_INIT;

	for (size_t i = 0; i < n->items.nr; i++)
		strv_add(n->items.v[i].kind == ITEM_FUNCTION ? &functions :
							       &others,
			 n->items.v[i].name);
	buf_addf(t->out, "\n// Kind: move\n// From: %s\n// To: %s\n",
		 t->q->from, t->q->to);
	for (size_t i = 0; i < n->includes.nr; i++)
		strv_add(&includes, n->includes.v[i].include);
	if (n->spdx)
		paste_preamble(t);
	else if (includes.nr) {
		add_list(t->out, "// Include: ", "//    ", &includes);
		buf_addch(t->out, '\n');
	}
	paste_names(t, &functions, &others);
}

static void add_proposal(const struct text *t)
{
	buf_addstr(t->out, "\nFor the steps:\n");
	for (int as_inline = 1; as_inline >= 0; as_inline--) {
		paste_promotion(t, false, as_inline);
		paste_promotion(t, true, as_inline);
	}
	paste_move(t);
}

void cut_needs_text(const struct cut_question *q, const struct cut_needs *needs,
		    struct buf *ret)
{
	const struct text t = {
		.q = q, .needs = needs, .out = ret,
		.width = name_width(needs),
		.place = strlen(q->from) + strlen(":12345"),
	};

	buf_addf(ret, "%s -> %s%s: ", q->from, q->to,
		 needs->to_is_new ? " (new)" : "");
	render_counted(ret, needs->items.nr, "items");
	buf_addf(ret, " %s\n", needs->items.nr == 1 ? "moves" : "move");
	add_problems(&t);
	add_companions(&t);
	add_promotions(&t, true);
	add_promotions(&t, false);
	add_shared(&t, true);
	add_shared(&t, false);
	add_stale(&t);
	add_exports(&t);
	add_includes(&t);
	add_rest(&t);
	if (cut_needs_nothing(needs))
		buf_addstr(ret, "\nNothing has to be done before the move.\n");
	if (needs->items.nr)
		add_proposal(&t);
}
