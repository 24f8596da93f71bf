/* Nothing but a remark: area() is slow, an area_size is not. */
static int unrelated;
