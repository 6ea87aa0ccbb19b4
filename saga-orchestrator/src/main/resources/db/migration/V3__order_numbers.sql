-- What people call the order: for the lines and commands of a deadline, which no message brings. Null in all that is older.
alter table saga add column order_number text;
