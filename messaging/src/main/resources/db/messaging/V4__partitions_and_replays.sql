-- Outbox and inbox in partitions, so that what is past its time is dropped as a table and not deleted row by row. Whatever no
-- partition is meant for (ids that are no UUIDv7, or made by a clock far off; a month in which nobody made new ones) goes to
-- the default partition: no message is ever refused for want of a partition. Why so: docs/adr/0019-partitions-with-a-default.md.

-- The least id that is made at this time: the first 48 bits of a UUIDv7 are milliseconds (RFC 9562).
create function uuid_at(made timestamptz) returns uuid language sql immutable parallel safe
  return (lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

create function time_of_uuid(id uuid) returns timestamptz language sql immutable parallel safe
  return to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0);

-- The inbox, by weeks of the message ids. What was taken on so far is its first partition, up to the end of this week.
alter table inbox rename to inbox_before;
alter index inbox_pkey rename to inbox_before_pkey;

create table inbox (
  message_id   uuid        not null,
  subscription text        not null,
  received_at  timestamptz not null default now(),
  primary key (message_id, subscription)
) partition by range (message_id);

create table inbox_default partition of inbox default;
-- What lies here does not go with a partition; it is looked for by its age.
create index inbox_default_by_age on inbox_default (received_at);

-- The outbox, by numbers of ids. Events of an aggregate may lie in two partitions, and uniqueness of a number without gaps
-- holds in each of them only, as PostgreSQL has no index over several. It need not hold further: the number comes from the
-- aggregate's own row, under its lock or version. The index stays as a net below that, and to find one aggregate's events.
alter table outbox rename to outbox_before;
alter index outbox_pkey rename to outbox_before_pkey;
alter index outbox_sequence rename to outbox_before_sequence;

create table outbox (
  id             bigint      not null default outbox_next_id() primary key,
  message_id     uuid        not null,
  topic          text        not null,
  message_key    text        not null,
  type           text        not null,
  source         text        not null,
  subject        text        not null,
  sequence       bigint,
  logical_time   bigint      not null,
  correlation_id text        not null,
  causation_id   uuid,
  saga_id        uuid,
  traceparent    text,
  said_at        timestamptz not null,
  payload        text        not null
) partition by range (id);
alter sequence outbox_id_seq owned by outbox.id;

create table outbox_default partition of outbox default;
create unique index outbox_default_sequence on outbox_default (subject, sequence) where sequence is not null;

-- Both tables' partitions as the catalogue has them; the bounds as text, null where there is none.
create view messaging_partition as
select parent.relname::text as parent,
       child.relname::text  as name,
       child.oid            as oid,
       (regexp_match(bound, 'FROM \(''([^'']+)''\)'))[1] as starts,
       (regexp_match(bound, 'TO \(''([^'']+)''\)'))[1]   as ends
from pg_inherits
join pg_class parent on parent.oid = inhparent
join pg_class child on child.oid = inhrelid
cross join lateral pg_get_expr(child.relpartbound, child.oid) as bound
where inhparent in ('inbox'::regclass, 'outbox'::regclass);

-- Publications of the event store to another topic, one after another by whoever holds the lease. Everything of the window up to
-- the position is on the topic.
create table outbox_replay (
  id              uuid        not null primary key,
  topic           text        not null,
  from_time       timestamptz,
  to_time         timestamptz,
  rate_per_second integer     not null,
  status          text        not null default 'RUNNING' check (status in ('RUNNING', 'COMPLETED', 'FAILED')),
  failure         text        check ((failure is not null) = (status = 'FAILED')),
  position        bigint      not null default 0,
  through         bigint      not null,
  published       bigint      not null default 0,
  -- Null until somebody has counted.
  total           bigint,
  requested_at    timestamptz not null default now(),
  ended_at        timestamptz check ((ended_at is null) = (status = 'RUNNING')),
  fencing_token   bigint      not null default 0,
  lease_until     timestamptz not null default '-infinity'
);
-- Two at once would mix the order up.
create unique index outbox_replay_by_topic on outbox_replay (topic) where status = 'RUNNING';

-- One replica at a time looks after the partitions; another finds nothing to do. The functions run as their owner, so that the
-- role a service works under need not own the tables; nobody may call them who was not granted that. They wait at most 100 ms
-- for a lock: whoever writes meanwhile waits behind them, and hardly longer than that.

-- A partition is attached only where the default one is small: PostgreSQL reads all of it under its lock, to see that no row
-- of the new partition lies there.
create function check_default_is_small(default_partition regclass, readable bigint) returns void language plpgsql as
$$
begin
  if pg_relation_size(default_partition) > readable then
    raise exception '% has % bytes: too much to be read while writers wait', default_partition,
      pg_relation_size(default_partition) using errcode = 'object_not_in_prerequisite_state';
  end if;
end
$$;

-- Makes the next week's partition of the inbox, if it begins before the given time; answers its name, or null.
create function make_inbox_partition(before timestamptz, readable bigint) returns text
  language plpgsql security definer set search_path from current set lock_timeout = '100ms' as
$$
declare
  week  constant interval := interval '7 days';
  starts timestamptz;
  made   text;
begin
  if not pg_try_advisory_xact_lock(hashtext('messaging_partition')) then
    return null;
  end if;
  select max(time_of_uuid(p.ends::uuid)) into starts from messaging_partition p where p.parent = 'inbox';
  -- A week that has begun without a partition is left to the default one, with all the rows it has there.
  starts := greatest(starts, date_trunc('week', now(), 'UTC') + week);
  if starts >= before then
    return null;
  end if;
  perform check_default_is_small('inbox_default', readable);
  made := 'inbox_' || to_char(starts at time zone 'UTC', 'YYYYMMDD');
  lock table only inbox in share update exclusive mode;
  lock table inbox_default in access exclusive mode;
  execute format('create table %I (like inbox including defaults)', made);
  -- Said by clocks that are weeks ahead: a few, or none.
  execute format(
    'with early as (delete from inbox_default where message_id >= %1$L and message_id < %2$L returning *) '
    'insert into %3$I select * from early', uuid_at(starts), uuid_at(starts + week), made);
  execute format('alter table inbox attach partition %I for values from (%L) to (%L)',
    made, uuid_at(starts), uuid_at(starts + week));
  return made;
end
$$;

-- Drops the oldest partition of the inbox, if all its ids were made before the given time; answers its name, or null.
create function drop_inbox_partition(made_before timestamptz) returns text
  language plpgsql security definer set search_path from current set lock_timeout = '100ms' as
$$
declare
  dropped text;
begin
  if not pg_try_advisory_xact_lock(hashtext('messaging_partition')) then
    return null;
  end if;
  select p.name into dropped from messaging_partition p
  where p.parent = 'inbox' and time_of_uuid(p.ends::uuid) <= made_before order by p.ends::uuid limit 1;
  if dropped is not null then
    execute format('drop table %I', dropped);
  end if;
  return dropped;
end
$$;

-- Makes the next partition of the outbox, unless there is room for so many times its size; answers its name, or null.
create function make_outbox_partition(size bigint, ahead integer, readable bigint) returns text
  language plpgsql security definer set search_path from current set lock_timeout = '100ms' as
$$
declare
  drawn  bigint;
  starts bigint;
  made   text;
begin
  if not pg_try_advisory_xact_lock(hashtext('messaging_partition')) then
    return null;
  end if;
  select last_value into drawn from outbox_id_seq;
  select max(p.ends::bigint) into starts from messaging_partition p where p.parent = 'outbox';
  if starts is null or starts <= drawn then
    -- The default partition has taken over; it keeps what it has, and what it gets until the next one begins.
    starts := (drawn / size + 2) * size;
  end if;
  if starts > drawn + size * ahead then
    return null;
  end if;
  perform check_default_is_small('outbox_default', readable);
  made := 'outbox_' || starts;
  lock table only outbox in share update exclusive mode;
  lock table outbox_default in access exclusive mode;
  execute format('create table %I (like outbox including defaults)', made);
  execute format('create unique index %I on %I (subject, sequence) where sequence is not null', made || '_sequence', made);
  execute format('alter table outbox attach partition %I for values from (%L) to (%L)', made, starts, starts + size);
  return made;
end
$$;

-- Drops the oldest partition of the outbox, if it is wholly published, no replay needs it and its last row was said before the
-- given time; answers its name, or null.
create function drop_outbox_partition(said_before timestamptz) returns text
  language plpgsql security definer set search_path from current set lock_timeout = '100ms' as
$$
declare
  oldest  text;
  last_id bigint;
  said    timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtext('messaging_partition')) then
    return null;
  end if;
  select p.name, p.ends::bigint - 1 into oldest, last_id from messaging_partition p
  where p.parent = 'outbox' and p.ends is not null order by p.ends::bigint limit 1;
  if oldest is null or last_id > (select position from outbox_relay)
      or exists (select from outbox_replay where status = 'RUNNING' and position < last_id) then
    return null;
  end if;
  execute format('select said_at from %I order by id desc limit 1', oldest) into said;
  if said >= said_before then
    return null;
  end if;
  execute format('drop table %I', oldest);
  return oldest;
end
$$;

revoke execute on function make_inbox_partition, drop_inbox_partition, make_outbox_partition, drop_outbox_partition from public;

-- What is there so far becomes the first partition of each. Few ids of the inbox lie behind this week: from clocks ahead of
-- ours, or no times at all.
do
$$
declare
  this_week_ends constant uuid := uuid_at(date_trunc('week', now(), 'UTC') + interval '7 days');
  outbox_ends bigint;
begin
  with later as (delete from inbox_before where message_id >= this_week_ends returning *)
  insert into inbox_default select * from later;
  execute format('alter table inbox attach partition inbox_before for values from (minvalue) to (%L)', this_week_ends);
  while make_inbox_partition(now() + interval '10 weeks', pg_relation_size('inbox_default')) is not null loop
  end loop;

  select (last_value / 10000000 + 1) * 10000000 into outbox_ends from outbox_id_seq;
  execute format('alter table outbox attach partition outbox_before for values from (minvalue) to (%L)', outbox_ends);
end
$$;
