/* walk() is the includer's. */
static int FNAME(walk)(int level)
{
	return walk(level - 1);
}
