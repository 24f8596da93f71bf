/* Nothing but a remark: shape_area() is slow, an area_size is not. */
static int unrelated;
