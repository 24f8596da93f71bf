#ifdef CONFIG_A
static int both(void)
{
	return 1;
}
#else
static int both(void)
{
	return 2;
}
#endif

#ifdef CONFIG_B
static int split(int a) {
#else
static int split(long a) {
#endif
	return a;
}
