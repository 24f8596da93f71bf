static bool is_long(const char *name)
{
	return name[8];
}

static int use(const char *name)
{
	return is_long(name);
}
