/* Calls shape_area(). */
ENTRY(odd_entry)
	call shape_area # shape_area is C
	.ascii "area"
	ret
