/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A review as JSON: docs/review.schema.json says what each member is. From the
 * files before a commit and its 'files' one gets the files after; nothing else
 * of the source but the residue is in it.
 */
#ifndef DRIVER_REVIEW_JSON_H
#define DRIVER_REVIEW_JSON_H

#include <jansson.h>

#include "review.h"

#define REVIEW_SCHEMA 1

json_t *review_json(const struct review *review); /* a new reference */

#endif
