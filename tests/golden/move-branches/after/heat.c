#include "pipe.h"

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
