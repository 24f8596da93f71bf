#ifdef CONFIG_B
void flush(void)
{
}
#endif
