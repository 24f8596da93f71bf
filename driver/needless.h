/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Promotions that no cut of the series needs: what a step declares is held
 * against what the base needs in this direction, too.
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

#endif
