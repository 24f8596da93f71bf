#include "pipe.h"

#ifdef CONFIG_PIPE_HEAT
/* Heat is in kelvin. */
int pipe_heat(struct pipe *p)
{
	return p->heat;
}

int pipe_is_hot(struct pipe *p)
{
	return pipe_heat(p) > 300;
}
#endif /* CONFIG_PIPE_HEAT */

/* Only long pipes leak. */
#if PIPE_MAX > 10
int pipe_leaks(struct pipe *p)
{
	return p->len > 10;
}
EXPORT_SYMBOL(pipe_leaks);
#endif
