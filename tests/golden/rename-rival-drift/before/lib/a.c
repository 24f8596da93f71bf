void flush(void)
{
}
