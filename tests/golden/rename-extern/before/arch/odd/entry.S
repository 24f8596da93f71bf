/* Calls area(). */
ENTRY(odd_entry)
	call area # area is C
	.ascii "area"
	ret
