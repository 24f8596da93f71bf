/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether it is worth asking which objects a step spares (kbuild_seen.h): the
 * answer costs a run of the preprocessor for each unit, before and after, and
 * is no for all of them when a header gains anything but a prototype. This is a
 * guess that saves time; what is spared does not depend on it.
 */
#ifndef DRIVER_SPARABLE_H
#define DRIVER_SPARABLE_H

#include "contract.h"

/* False when units that read a touched header will all look otherwise. */
bool sparable(const struct step_texts *texts);

#endif
