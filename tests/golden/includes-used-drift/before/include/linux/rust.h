struct rust { int where; };
extern int rust_level;
