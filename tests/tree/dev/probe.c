// SPDX-License-Identifier: GPL-2.0-only
/* A module of its own that uses what the port module exports. */
#define pr_fmt(text) "probe: " text

#include <linux/print.h>
#include <linux/types.h>

#include "port.h"

static struct port UNIQUE(probed_);

int probe_init(void);

int probe_init(void)
{
	struct port *port = &probed_0;
	u32 value;

	if (port_open(port) || port_set_ctrl(port, 3))
		return -ENOSPC;
	if (port_set_debug(port, 0, port_get_ctrl(port)) ||
	    port_get_debug(port, 0, &value))
		return -EINVAL;
	port_raise(port, 1);
	if (port_pending(port) != 2)
		pr_warn("line 1 is quiet, debug %x\n", value);
	return 0;
}
