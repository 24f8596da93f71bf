// SPDX-License-Identifier: GPL-2.0-only
/* The last things that ports did. */
#include <linux/types.h>

#include "port.h"

#define TRACE_NR 64

struct trace_entry {
	const char *what;
	u32 value;
};

static struct trace_entry trace[TRACE_NR];
static unsigned int trace_next;

void port_trace(const char *what, u32 value)
{
	trace[trace_next % TRACE_NR] = (struct trace_entry){ what, value };
	trace_next++;
}
