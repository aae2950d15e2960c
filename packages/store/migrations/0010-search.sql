-- Older servers survive this: it only adds.

-- The words of a name, in lower case: what is between other characters than letters and digits, and where a capital follows a small letter.
create function allot.words(text) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(array_remove(
    regexp_split_to_array(lower(regexp_replace($1, '([[:lower:]])([[:upper:]])', '\1 \2', 'g')), '[^[:alnum:]]+'), ''))
$$;

-- What finds names that have all words of a text, or words that begin with them; null when it has none.
create function allot.word_query(text) returns tsquery language sql immutable parallel safe as $$
  select string_agg(quote_literal(word) || ':*', ' & ')::tsquery from unnest(tsvector_to_array(allot.words($1))) as w (word)
$$;

create index directory_user_words on allot.directory_user using gin (allot.words(display_name)) where deleted_at is null;
create index directory_group_words on allot.directory_group using gin (allot.words(display_name)) where deleted_at is null;
create index directory_group_description_words on allot.directory_group using gin (allot.words(description)) where deleted_at is null;
