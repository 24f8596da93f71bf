// SPDX-License-Identifier: GPL-2.0-only
/* By the names of the macros alone, which the kernel is consistent in. */
#include "along.h"

#include "needs.h"

bool along_is_known(const char *macro)
{
	static const char *const prefixes[] = {
		"EXPORT_", "MODULE_", "module_", "early_param", "__setup",
		"ALLOW_ERROR_INJECTION", "STACK_FRAME_NON_STANDARD", "BTF_",
	};
	static const char *const suffixes[] = {
		"_SYMBOL", "_SYMBOL_GPL", "_initcall", "_initcall_sync",
		"_exitcall", "_DECLARE",
	};

	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts_with(macro, prefixes[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++)
		if (ends_with(macro, suffixes[i]))
			return true;
	return false;
}

void along_check(const struct along_cut *cut, struct drifts *drifts)
{
	for (size_t i = 0; i < cut->items->nr; i++) {
		const struct item *it = &cut->items->v[i];
		_cleanup_free_ char *suggestion = NULL;

		if (it->kind != ITEM_EXPORT || it->owner == ITEMS_NONE ||
		    !needs_moves(cut->moved, cut->nr, it->owner) ||
		    along_is_known(it->name) || strv_has(cut->known, it->name))
			continue;
		suggestion = xasprintf("if its lines go along with what they name, "
				       "say 'Along: %s'", it->name);
		drifts_add(drifts, DRIFT_EXPORT, it->argument, cut->path,
			   it->line_begin, suggestion,
			   "%s() names '%s', which moves, and may be an export "
			   "of it or a use", it->name, it->argument);
		drifts_remedy(drifts, REMEDY_TAKE, it->name);
	}
}
