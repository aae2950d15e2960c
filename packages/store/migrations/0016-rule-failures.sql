-- Older servers survive it: they write and read the English sentence only.

-- Why a rule could not be followed, as data beside the sentence in error_message: { code, hintCode, arguments } as in the API.
alter table allot.dynamic_group add column failure jsonb;
