int apply(int value)
{
	return value;
}
