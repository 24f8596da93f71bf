static void trampoline(void)
{
}

void enter(void)
{
	asm volatile("call trampoline" : : : "memory");
	trampoline();
}
