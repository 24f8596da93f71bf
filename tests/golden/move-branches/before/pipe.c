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

int pipe_cool(struct pipe *p)
{
	return p->heat--;
}
#endif /* CONFIG_PIPE_HEAT */

int pipe_len(struct pipe *p)
{
	return p->len;
}

/* Only long pipes leak. */
#if PIPE_MAX > 10
int pipe_leaks(struct pipe *p)
{
	return p->len > 10;
}
EXPORT_SYMBOL(pipe_leaks);
#endif

#ifdef CONFIG_PIPE_GLASS
int pipe_look(struct pipe *p)
{
	return p->glass;
}
#else
int pipe_feel(struct pipe *p)
{
	return p->warm;
}
#endif
