// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which objtool kbuild runs on a unit. Mostly it is the second half of the
 * command that compiled it; with CONFIG_X86_KERNEL_IBT or LTO it waits until
 * the module is linked, and then its units are told what their module is.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"

static struct compiled *find_unit(struct build_result *build,
				  const char *object)
{
	for (size_t i = 0; i < build->nr; i++)
		if (streq(build->units[i].object, object))
			return &build->units[i];
	return NULL;
}

int kbuild_hand_down_objtool(const struct kbuild_roots *roots,
			     struct build_result *build, struct error *err)
{
	for (size_t m = 0; m < build->objects.nr; m++) {
		const char *object = build->objects.v[m];
		_cleanup_(strv_release) struct strv objtool = STRV_INIT;
		_cleanup_(strv_release) struct strv members = STRV_INIT;
		_cleanup_free_ char *mod = xasprintf("%.*s.mod",
						     (int)strlen(object) - 2,
						     object);

		if (kbuild_read_objtool(roots, object, &objtool, err) ||
		    kbuild_read_list(roots, mod, ".o", &members, err))
			return -1;
		for (size_t i = 0; objtool.nr && i < members.nr; i++) {
			struct compiled *unit = find_unit(build, members.v[i]);

			if (unit && !unit->objtool.nr)
				strv_add_list(&unit->objtool, &objtool);
		}
	}
	return 0;
}
