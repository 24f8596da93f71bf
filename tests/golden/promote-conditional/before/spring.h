#pragma once

struct spring;
int spring_use(struct spring *s);
