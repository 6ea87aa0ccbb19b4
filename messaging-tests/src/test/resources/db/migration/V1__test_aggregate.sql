create table test_aggregate (
  id             uuid   not null primary key,
  event_sequence bigint not null default 0,
  logical_time   bigint not null default 0
);
