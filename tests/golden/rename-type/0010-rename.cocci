/// demo: Rename a type, an enumerator and a typedef
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: shape.h
// Items: side

@tag@
@@
  sizeof(struct
- side
+ shape_side
  )

@enumerator@
@@
- LEFT
+ SHAPE_LEFT
