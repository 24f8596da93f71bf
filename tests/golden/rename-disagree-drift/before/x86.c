#define hook(name) vendor_##name

static int base(int seg)
{
	return hook(base)(seg);
}

int user(void)
{
	return base(1);
}
