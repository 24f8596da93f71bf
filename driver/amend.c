// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists that belong together are kept together: After: has a place for each
 * name of a promote, in the order of the names.
 */
#include "amend.h"

#include "lib/util.h"

const char *amend_preamble_line(const struct step *step, const char *macro)
{
	static const char define[] = "#define ";
	size_t len = strlen(macro);
	const char *line = step->preamble;

	while (line && *line) {
		const char *name = line + strlen(define);

		if (starts_with(line, define) && !strncmp(name, macro, len) &&
		    strchr(" (\n", name[len]))
			return line;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return NULL;
}

void amend_drop_macro(struct step *step, const char *macro)
{
	const char *line = amend_preamble_line(step, macro);
	size_t len = strcspn(line, "\n") + 1;
	char *to = step->preamble + (line - step->preamble);

	memmove(to, to + len, strlen(to + len) + 1);
}

void amend_drop_at(struct strv *list, size_t i)
{
	if (i >= list->nr)
		return;
	free(list->v[i]);
	/* the NULL behind the last one comes along */
	memmove(&list->v[i], &list->v[i + 1],
		(list->nr - i) * sizeof(*list->v));
	list->nr--;
}

static void drop_rename(struct step *step, const char *old)
{
	size_t kept = 0;

	for (size_t i = 0; i < step->nr_renames; i++) {
		if (!streq(step->renames[i].old, old)) {
			step->renames[kept++] = step->renames[i];
			continue;
		}
		free(step->renames[i].old);
		free(step->renames[i].new);
	}
	step->nr_renames = kept;
}

void amend_leave_out(struct step *step, const char *name)
{
	size_t i = strv_find(&step->names, name);

	if (step->after.nr > 1)
		amend_drop_at(&step->after, i);
	amend_drop_at(&step->names, i);
	amend_drop_at(&step->items, strv_find(&step->items, name));
	drop_rename(step, name);
}
