/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is needless once the series is applied: promotions that no cut of it needs,
 * and #include lines of which its moves left nothing in use.
 */
#ifndef DRIVER_NEEDLESS_H
#define DRIVER_NEEDLESS_H

#include "repo.h"
#include "report.h"
#include "series.h"

/*
 * For each function that a promote step gives a prototype: after the last step
 * (tip), a file of the series other than the one that defines it must use it. -1
 * with ERROR_DRIFT and the drifts of the promoting step otherwise.
 */
int needless_promotions(const struct repo *repo, const char *tip,
			const struct series *series, struct report *report,
			struct error *err);

/*
 * Appends a line for each #include of a .c file that code moves from or to, when
 * something of it was used at the base and nothing is at the tip; and for each
 * that such a destination lacks: a header that the source included at the base
 * and that declares what the moved code uses (include_needs.h). 0 or -1.
 */
int needless_includes(const struct repo *repo, const char *base,
		      const char *tip, const struct series *series,
		      struct strv *ret, struct error *err);

#endif
