// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything here is a set of lines on each side. What a step may do to them is
 * little: a rename gives an export its new name, and a move may change the CRC
 * of an export whose new file knows some type only by name. All else that is
 * new, or lost, breaks something that the objects do not show: who may use
 * an export, and with which licence.
 *
 * modpost stops listing unresolved symbols after a few, and lists those of
 * vmlinux too, which is not there: they are worked out here from the objects.
 */
#define _GNU_SOURCE
#include "modules.h"

#include "contract.h"
#include "crc.h"
#include "elf.h"
#include "lib/hash.h"
#include "lines.h"

#define TYPES_MOST 3 /* that a finding names */

/* A line of Module.symvers. */
struct export {
	char *name, *crc, *module, *kind, *space; /* owned */
	bool known; /* after: it was exported before, too */
	UT_hash_handle hh;
};

struct comparison {
	const struct contract *contract;
	struct export *exports[2];
	struct crc_dumps *dumps[2];
	struct outcome *ret;
};

void modules_copy(const struct modules *from, struct modules *ret)
{
	*ret = (struct modules){ .ran = from->ran, .why = xstrdup(from->why) };
	strv_add_list(&ret->objects, &from->objects);
	strv_add_list(&ret->warnings, &from->warnings);
	strv_add_list(&ret->exports, &from->exports);
	strv_add_list(&ret->info, &from->info);
	strv_add_list(&ret->unresolved, &from->unresolved);
}

void modules_release(struct modules *modules)
{
	strv_release(&modules->objects);
	free(modules->why);
	strv_release(&modules->warnings);
	strv_release(&modules->exports);
	strv_release(&modules->info);
	strv_release(&modules->unresolved);
	*modules = (struct modules){ 0 };
}

int modules_undefined(const char *path, struct strv *ret, struct error *err)
{
	struct object object;

	if (object_load(path, &object, err))
		return -1;
	for (size_t i = 1; i < object.nr_symbols; i++)
		if (object.symbols[i].place == SYMBOL_UNDEFINED &&
		    object.symbols[i].binding != STB_LOCAL)
			strv_add(ret, object.symbols[i].name);
	strv_uniq(ret);
	object_release(&object);
	return 0;
}

/* The field of this index, "" when there are fewer; the caller frees. */
static char *field(const char *line, unsigned int index)
{
	for (; index && *line; index--) {
		line += strcspn(line, "\t");
		line += *line == '\t';
	}
	return xstrndup(line, strcspn(line, "\t"));
}

static void release_export(struct export *e)
{
	free(e->name);
	free(e->crc);
	free(e->module);
	free(e->kind);
	free(e->space);
	free(e);
}

static struct export *find(struct export *exports, const char *name)
{
	struct export *e;

	HASH_FIND_STR(exports, name, e);
	return e;
}

static void read_exports(const struct strv *lines, struct export **ret)
{
	for (size_t i = 0; i < lines->nr; i++) {
		const char *line = lines->v[i];
		struct export *e = xcalloc(1, sizeof(*e));

		*e = (struct export){ .crc = field(line, 0),
				      .name = field(line, 1),
				      .module = field(line, 2),
				      .kind = field(line, 3),
				      .space = field(line, 4) };
		if (find(*ret, e->name))
			release_export(e);
		else
			HASH_ADD_KEYPTR(hh, *ret, e->name, strlen(e->name), e);
	}
}

static void release_exports(struct export *exports)
{
	struct export *e = exports, *next;

	HASH_CLEAR(hh, exports);
	for (; e; e = next) {
		next = e->hh.next;
		release_export(e);
	}
}

static void compare_field(struct comparison *c, const struct export *after,
			  const char *what, const char *old, const char *new)
{
	if (!streq(old, new))
		outcome_add(c->ret, RESULT_DIFFERENT, "export", after->name,
			    after->module, "its %s was %s and is %s", what,
			    *old ? old : "none", *new ? new : "none");
}

static void explain_crc(struct comparison *c, const struct export *after,
			const struct strv *types)
{
	_cleanup_(buf_release) struct buf list = BUF_INIT;

	for (size_t i = 0; i < types->nr && i < TYPES_MOST; i++)
		buf_addf(&list, "%s%s", i ? ", " : "", types->v[i]);
	if (types->nr > TYPES_MOST)
		buf_addf(&list, " and %zu more", types->nr - TYPES_MOST);
	outcome_explain(c->ret, EXPLAINED_EXPORT_CRC, "export-crc", after->name,
			after->module,
			"one side knows %s only by name: modules that use it must be built again",
			list.data);
}

static void compare_crc(struct comparison *c, const struct export *before,
			const struct export *after)
{
	struct strv types _cleanup_(strv_release) = STRV_INIT;
	enum crc_change change;

	if (streq(before->crc, after->crc))
		return;
	change = crc_compare(c->dumps[0], before->crc, c->dumps[1], after->crc,
			     after->name, &types);
	if (change == CRC_INCOMPLETE)
		explain_crc(c, after, &types);
	else if (change == CRC_EQUAL && contract_renames(c->contract))
		outcome_add(c->ret, RESULT_EQUAL, "export-crc", after->name,
			    after->module,
			    "its CRC changed with the new name: modules that use it must be built again");
	else if (change == CRC_DIFFERENT)
		outcome_add(c->ret, RESULT_DIFFERENT, "export-crc", after->name,
			    after->module, "its CRC changed with %s",
			    types.v[0]);
	else
		outcome_add(c->ret, RESULT_DIFFERENT, "export-crc", after->name,
			    after->module,
			    "its CRC changed from %s to %s, and no dump of its types says why",
			    before->crc, after->crc);
}

static void compare_exports(struct comparison *c)
{
	for (struct export *e = c->exports[0]; e; e = e->hh.next) {
		_cleanup_free_ char *name = lines_new_name(c->contract, e->name);
		struct export *after = find(c->exports[1], name);

		if (!after) {
			outcome_add(c->ret, RESULT_DIFFERENT, "export", name,
				    e->module, "is not exported any more");
			continue;
		}
		compare_field(c, after, "module", e->module, after->module);
		compare_field(c, after, "kind", e->kind, after->kind);
		compare_field(c, after, "name space", e->space, after->space);
		compare_crc(c, e, after);
		after->known = true;
	}
	for (struct export *e = c->exports[1]; e; e = e->hh.next)
		if (!e->known)
			outcome_add(c->ret, RESULT_DIFFERENT, "export", e->name,
				    e->module, "was not exported before (%s)",
				    e->kind);
}

static void compare_warnings(struct comparison *c, const struct modules *before,
			     const struct modules *after)
{
	struct strv new _cleanup_(strv_release) = STRV_INIT;

	lines_new(c->contract, &before->warnings, &after->warnings, &new);
	for (size_t i = 0; i < new.nr; i++)
		outcome_add(c->ret, RESULT_DIFFERENT, "modpost", NULL, NULL,
			    "%s", new.v[i]);
}

static void add_info(struct comparison *c, const struct strv *lines,
		     const char *when)
{
	for (size_t i = 0; i < lines->nr; i++) {
		_cleanup_free_ char *module = field(lines->v[i], 0);
		_cleanup_free_ char *line = field(lines->v[i], 1);

		outcome_add(c->ret, RESULT_DIFFERENT, "module-info", module,
			    module, "only %s: %s", when, line);
	}
}

static void compare_info(struct comparison *c, const struct modules *before,
			 const struct modules *after)
{
	struct strv gone _cleanup_(strv_release) = STRV_INIT;
	struct strv new _cleanup_(strv_release) = STRV_INIT;

	lines_gone(c->contract, &before->info, &after->info, &gone);
	lines_new(c->contract, &before->info, &after->info, &new);
	add_info(c, &gone, "before");
	add_info(c, &new, "after");
}

/* vmlinux is not there to say whether it exports what a module needs. */
static void compare_unresolved(struct comparison *c,
			       const struct modules *before,
			       const struct modules *after)
{
	struct strv new _cleanup_(strv_release) = STRV_INIT;

	lines_new(c->contract, &before->unresolved, &after->unresolved, &new);
	for (size_t i = 0; i < new.nr; i++) {
		_cleanup_free_ char *module = field(new.v[i], 0);
		_cleanup_free_ char *name = field(new.v[i], 1);

		outcome_add(c->ret, RESULT_UNDECIDED, "symbol", name, module,
			    "is needed only after, and no module that was built exports it");
	}
}

/* A side's dumps with the names that they have after. */
static struct crc_dumps *read_dumps(const struct contract *contract,
				    const struct strv *texts)
{
	struct strv renamed _cleanup_(strv_release) = STRV_INIT;

	if (!contract_renames(contract))
		return crc_dumps_new(texts);
	for (size_t i = 0; i < texts->nr; i++) {
		_cleanup_free_ char *text = lines_renamed(contract, texts->v[i]);

		strv_add(&renamed, text);
	}
	return crc_dumps_new(&renamed);
}

/* True when both sides can be compared. */
static bool both_ran(const struct modules *before, const struct modules *after,
		     struct outcome *ret)
{
	const char *why = !before->ran ? before->why : after->why;

	if (before->ran && after->ran)
		return true;
	if (before->objects.nr || after->objects.nr)
		outcome_add(ret, RESULT_UNDECIDED, "modpost", NULL, NULL,
			    "the modules were not compared: %s",
			    why ? why : "one side has none");
	return false;
}

void modules_compare(const struct contract *contract,
		     const struct modules *before, const struct modules *after,
		     const struct strv *before_dumps,
		     const struct strv *after_dumps, struct outcome *ret)
{
	struct comparison c = { .contract = contract, .ret = ret };

	if (!both_ran(before, after, ret))
		return;
	read_exports(&before->exports, &c.exports[0]);
	read_exports(&after->exports, &c.exports[1]);
	c.dumps[0] = read_dumps(contract, before_dumps);
	c.dumps[1] = crc_dumps_new(after_dumps);
	compare_exports(&c);
	compare_warnings(&c, before, after);
	compare_info(&c, before, after);
	compare_unresolved(&c, before, after);
	for (int side = 0; side < 2; side++) {
		release_exports(c.exports[side]);
		crc_dumps_free(c.dumps[side]);
	}
}
