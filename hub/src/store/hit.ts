/**
 * "= any of the ids that the CTE `hit` found". Postgres cannot know how few these are, and would read a
 * table of some ten thousand rows as a whole to join them; of an array it takes each by its index.
 */
export const anyHit = 'any(array(select id from hit))';
