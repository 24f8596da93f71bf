/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commit message of a step: its text, how it was generated (the kernel's
 * process/generated-content asks for the tool and its input), and the sign-off.
 * No version, date or path of this machine, so that anyone gets the same commit.
 */
#ifndef DRIVER_MESSAGE_H
#define DRIVER_MESSAGE_H

#include "lib/buf.h"
#include "series.h"

/* signoff: "Name <mail>", or NULL for none. Appends to ret. */
void message_of_step(const struct series *series, const struct step *step,
		     const char *signoff, struct buf *ret);

/*
 * The other way round: which step of which series made a commit of this message,
 * by their names; the caller frees them. False when none did.
 */
bool message_made_by(const char *message, char **ret_step, char **ret_series);

#endif
