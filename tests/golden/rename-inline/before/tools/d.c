int main(int argc, char **argv)
{
	return is_long(argv[0]);
}
