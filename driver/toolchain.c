// SPDX-License-Identifier: GPL-2.0-only
#include "toolchain.h"

#include "isolate.h"

int toolchain_find(const struct strv *user_args,
		   const struct build_config *config, struct toolchain *ret,
		   struct error *err)
{
	const struct kbuild k = { .make_args = &ret->make_args };

	*ret = (struct toolchain){ 0 };
	strv_add_list(&ret->make_args, user_args);
	strv_add_list(&ret->make_args, &config->make_args);
	if (!kbuild_compiler(&k, &ret->compiler, err) &&
	    !isolate_find_clang(&k, &ret->clang, &ret->clang_version,
				&ret->by_clang, err))
		return 0;
	toolchain_release(ret);
	return error_prefix(err, "configuration %s", config->name);
}

/* Under its plain name when it is the first configuration's, too. */
static void add_tool(const char *what, const char *first, const char *version,
		     const struct build_config *config, struct strv *tools)
{
	if (version && first && streq(version, first))
		strv_addf(tools, "%s\t%s", what, version);
	else if (version)
		strv_addf(tools, "%s of %s\t%s", what, config->name, version);
}

void toolchain_tools(const struct toolchain *list,
		     const struct build_config *configs, size_t nr,
		     struct strv *tools)
{
	for (size_t i = 0; i < nr; i++) {
		add_tool("compiler", list[0].compiler, list[i].compiler,
			 &configs[i], tools);
		add_tool("clang", list[0].clang_version, list[i].clang_version,
			 &configs[i], tools);
	}
	strv_uniq(tools);
}

void toolchain_release(struct toolchain *toolchain)
{
	strv_release(&toolchain->make_args);
	strv_release(&toolchain->clang);
	free(toolchain->compiler);
	free(toolchain->clang_version);
	*toolchain = (struct toolchain){ 0 };
}
