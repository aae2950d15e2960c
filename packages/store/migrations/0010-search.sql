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

-- What PostgreSQL knows of an index over an expression it does not use where the index leaves rows out, so it took any name to be that of one user in two
-- hundred, and read the whole table in its order rather than ask the index: 490 ms instead of 0.04 ms for one name among a million, 1.8 s instead of 0.9 ms
-- for one word.
create statistics allot.directory_user_display_name_folded on (lower(display_name)) from allot.directory_user;
create statistics allot.directory_user_upn_folded on (lower(user_principal_name)) from allot.directory_user;
create statistics allot.directory_user_mail_folded on (lower(mail)) from allot.directory_user;
create statistics allot.directory_user_name_words on (allot.words(display_name)) from allot.directory_user;
create statistics allot.directory_group_display_name_folded on (lower(display_name)) from allot.directory_group;
create statistics allot.directory_group_name_words on (allot.words(display_name)) from allot.directory_group;

-- The beginnings of names are asked of this index, too.
drop index allot.directory_user_upn;
create unique index directory_user_upn on allot.directory_user (tenant_id, lower(user_principal_name) text_pattern_ops) where deleted_at is null;
