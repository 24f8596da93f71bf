/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a header defines a name: an object does not say where a local
 * function comes from, preprocessed text does.
 */
#ifndef VERIFY_HEADERS_H
#define VERIFY_HEADERS_H

#include "lib/strv.h"

/*
 * texts are paths of preprocessed texts with line markers. 1: every
 * definition of the name at file scope stands in a header; 0: a source file
 * has one; -1: there is none, or a text could not be read.
 */
int headers_define(const struct strv *texts, const char *name);

#endif
