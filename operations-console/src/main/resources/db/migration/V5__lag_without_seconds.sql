-- Null where nobody could say for how long a group had been behind, as its oldest message could not be read in time.
set local lock_timeout = '5s';
alter table lag_sample alter column lag_seconds drop not null;
