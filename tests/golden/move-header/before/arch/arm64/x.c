int f(struct regs *r)
{
	return x_is_long(r);
}
