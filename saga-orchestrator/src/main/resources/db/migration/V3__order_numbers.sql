-- Whoever writes waits behind this as long as it waits for whoever reads: not for ever.
set local lock_timeout = '5s';

-- What people call the order: for the lines and commands of a deadline, which no message brings. Null in all that is older.
alter table saga add column order_number text;
