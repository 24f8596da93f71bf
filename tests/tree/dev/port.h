/* SPDX-License-Identifier: GPL-2.0-only */
/* A port: a control register, debug registers and lines that interrupt. */
#ifndef DEV_PORT_H
#define DEV_PORT_H

#include <linux/types.h>

enum port_reg {
	PORT_REG_CTRL,
	PORT_REG_STATUS,
	PORT_REG_NR,
};

#define PORT_NR_DEBUG 4

struct port {
	u32 regs[PORT_REG_NR];
	u32 debug[PORT_NR_DEBUG];
	u32 effective_debug;
	u32 pending;
};

static inline u32 port_reg_read(const struct port *port, enum port_reg reg)
{
	return port->regs[reg];
}
static inline void port_reg_write(struct port *port, enum port_reg reg,
				  u32 value)
{
	port->regs[reg] = value;
}

int port_set_ctrl(struct port *port, u32 ctrl);
u32 port_get_ctrl(const struct port *port);
int port_set_debug(struct port *port, unsigned int nr, u32 value);
int port_get_debug(const struct port *port, unsigned int nr, u32 *value);
void port_reset(struct port *port);
int port_open(struct port *port);

void port_raise(struct port *port, unsigned int line);
u32 port_pending(const struct port *port);

#ifdef CONFIG_PORT_TRACE
void port_trace(const char *what, u32 value);
#else
static inline void port_trace(const char *what, u32 value)
{
	(void)what;
	(void)value;
}
#endif

#endif
