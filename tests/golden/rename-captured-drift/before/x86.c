static int set(int value)
{
	return value;
}

int first(int apply)
{
	return set(apply);
}

int second(void)
{
	int value = set(1);
	{
		int apply = 2;

		value += apply;
	}
	return value + set(2);
}

int third(void)
{
	bool apply = true;

	return apply ? set(1) : 0;
}
