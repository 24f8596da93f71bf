#define for_each_hinge(g, h) for (;;)
