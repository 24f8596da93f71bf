bool is_long(const char *name)
{
	return name[8];
}
