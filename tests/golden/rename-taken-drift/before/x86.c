int set(int value)
{
	return value;
}

struct ops {
	int (*apply)(int value);
};
