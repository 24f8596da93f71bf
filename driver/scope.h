/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has to be built to see what a range does: the folders of the sources that
 * it touches and of those that read a header that it touches.
 */
#ifndef DRIVER_SCOPE_H
#define DRIVER_SCOPE_H

#include <jansson.h>

#include "range.h"

struct scope {
	struct strv targets; /* "arch/x86/kvm/": what make is asked for, sorted */
	struct strv guards;  /* "CONFIG_KVM_SMM\tarch/x86/kvm/smm.c": symbols that
				touched sources are built under, and one of these */
	struct strv wanted;  /* "CONFIG_KVM": those of sources that read touched
				headers as well; sorted */
	struct strv readers; /* "header\tsource" of touched headers: includers.h */
	struct strv unbuilt; /* what scope_unbuilt() says of the targets of all
				configurations */
	bool chosen;	     /* a person said which targets these are */
	bool more;	     /* there are more readers than these */
};

/*
 * arch: folder below arch/ that is built for; files of others cannot be. Of
 * folders that only read headers, the nearest are targets; scope_unbuilt() names
 * the others.
 */
int scope_find(const struct repo *repo, const struct range *range,
	       const char *arch, struct scope *ret, struct error *err);

/*
 * Appends a "header\t..." for each touched header with readers below none of the
 * targets; what follows the tab is for a person.
 */
void scope_unbuilt(const struct scope *scope, const struct strv *targets,
		   struct strv *ret);

/* What scope_find() filled. Reading back: false when it is not that. */
json_t *scope_json(const struct scope *scope);
bool scope_from_json(const json_t *json, struct scope *ret);
void scope_release(struct scope *scope);

#endif
