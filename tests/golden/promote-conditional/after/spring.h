#pragma once

struct spring;
int spring_use(struct spring *s);

#ifdef CONFIG_SPRING
int spring_turn(struct spring *s,
		int by);
int spring_half(struct spring *s);
#endif /* CONFIG_SPRING */

int spring_len(struct spring *s);
