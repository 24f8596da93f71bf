// SPDX-License-Identifier: GPL-2.0-only
/* Lines of a port that interrupt. */
#include <linux/export.h>
#include <linux/types.h>

#include "port.h"

#define PORT_NR_LINES 16

static bool line_is_masked(const struct port *port, unsigned int line)
{
	return !(port->regs[PORT_REG_CTRL] & (1u << line));
}

void port_raise(struct port *port, unsigned int line)
{
	if (line >= PORT_NR_LINES || line_is_masked(port, line))
		return;
	port->pending |= 1u << line;
	port->regs[PORT_REG_STATUS] |= 1u << line;
	port_trace("raise", line);
}
EXPORT_SYMBOL_GPL(port_raise);

u32 port_pending(const struct port *port)
{
	return port->pending & port->regs[PORT_REG_CTRL];
}
EXPORT_SYMBOL_GPL(port_pending);
