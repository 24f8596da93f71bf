// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports: their registers, and opening and resetting them.
 */
#define pr_fmt(text) "port: " text

#include <linux/export.h>
#include <linux/print.h>
#include <linux/types.h>

#include "port.h"

#define PORT_CTRL_RESERVED 0xffff0000u
#define PORT_MAX_OPEN 8

static unsigned int ports_open;

static void port_update_debug(struct port *port);

/* A port ignores reserved bits; a driver that sets them is wrong. */
static bool port_valid_ctrl(u32 ctrl)
{
	return !(ctrl & PORT_CTRL_RESERVED);
}

int port_set_ctrl(struct port *port, u32 ctrl)
{
	if (!port_valid_ctrl(ctrl)) {
		pr_warn("reserved bits in %x\n", ctrl);
		return -EINVAL;
	}

	port_reg_write(port, PORT_REG_CTRL, ctrl);
	port_trace("ctrl", ctrl);

	/* The debug registers count only while bit 0 is set. */
	port_update_debug(port);
	return 0;
}
EXPORT_SYMBOL_GPL(port_set_ctrl);

u32 port_get_ctrl(const struct port *port)
{
	return port_reg_read(port, PORT_REG_CTRL);
}
EXPORT_SYMBOL_GPL(port_get_ctrl);

static void port_update_debug(struct port *port)
{
	u32 all = 0;

	for (unsigned int i = 0; i < PORT_NR_DEBUG; i++)
		all |= port->debug[i];
	port->effective_debug = port->regs[PORT_REG_CTRL] & 1 ? all : 0;
}

/*
 * Sets one of the debug registers.
 */
int port_set_debug(struct port *port, unsigned int nr, u32 value)
{
	if (nr >= PORT_NR_DEBUG)
		return -EINVAL;
	port->debug[nr] = value;
	port_update_debug(port);
#ifdef CONFIG_PORT_TRACE
	if (value & 0x80000000u)
		port_trace("debug", value);
#endif
	return 0;
}
EXPORT_SYMBOL_GPL(port_set_debug);

int port_get_debug(const struct port *port, unsigned int nr, u32 *value)
{
	if (nr >= PORT_NR_DEBUG)
		return -EINVAL;
	*value = port->debug[nr];
	return 0;
}
EXPORT_SYMBOL_GPL(port_get_debug);

void port_reset(struct port *port)
{
	for (unsigned int i = 0; i < PORT_NR_DEBUG; i++)
		port->debug[i] = 0;
	port_set_ctrl(port, 0);
	port->regs[PORT_REG_STATUS] = 0;
	port->pending = 0;
	port_update_debug(port);
}
EXPORT_SYMBOL_GPL(port_reset);

#ifdef CONFIG_PORT_TRACE
static u32 ports_traced;

static void port_count(void)
{
	ports_traced++;
	port_trace("open", ports_traced);
}
#else
static void port_count(void)
{
}
#endif

int port_open(struct port *port)
{
	BUG_IF(!port);
	if (ports_open == PORT_MAX_OPEN)
		return -ENOSPC;
	ports_open++;
	port_count();
	port_reset(port);
	return 0;
}
EXPORT_SYMBOL_GPL(port_open);
