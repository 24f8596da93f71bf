int set(int value);

int user(void)
{
	return set(1) + apply(2);
}
