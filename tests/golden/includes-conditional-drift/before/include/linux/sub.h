int sub_dive(void);
