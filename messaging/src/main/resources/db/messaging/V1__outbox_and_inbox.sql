-- The outbox is append-only: it is at once what has to be published and the service's event store.
create sequence outbox_id_seq cache 1;

-- A transaction must own its id before it draws from the sequence: the relay takes an id that is missing for dead once
-- every transaction that was older than its sighting has ended, and could not know of one that got its id later.
create function outbox_next_id() returns bigint language plpgsql volatile as
$$
begin
  perform pg_current_xact_id();
  return nextval('outbox_id_seq');
end
$$;

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
);
create unique index outbox_sequence on outbox (subject, sequence) where sequence is not null;
alter sequence outbox_id_seq owned by outbox.id;

-- Who publishes, and how far: everything up to the position is on its topic, or will never be.
create table outbox_relay (
  only_row      boolean     not null default true primary key check (only_row),
  position      bigint      not null default 0,
  fencing_token bigint      not null default 0,
  leader        text,
  lease_until   timestamptz not null default '-infinity'
);
insert into outbox_relay default values;

-- Which messages a subscription has taken on: they are handled, or parked.
create table inbox (
  message_id   uuid        not null,
  subscription text        not null,
  received_at  timestamptz not null default now(),
  primary key (message_id, subscription)
);

-- One row for each key whose messages have to wait: locked by whoever handles or replays, gone when nothing waits.
create table blocked_key (
  subscription  text        not null,
  message_key   text        not null,
  blocked_since timestamptz not null default now(),
  primary key (subscription, message_key)
);

create table parked_message (
  id            uuid        not null primary key,
  position      bigint      not null generated always as identity,
  subscription  text        not null,
  message_key   text        not null,
  message_id    uuid        not null,
  state         text        not null check (state in ('PARKED', 'WAITING_BEHIND')),
  type          text,
  topic         text        not null,
  partition     integer     not null,
  record_offset bigint      not null,
  headers       jsonb       not null,
  payload       bytea,
  reason        text,
  stack         text,
  attempts      integer     not null default 0,
  parked_at     timestamptz not null default now(),
  unique (subscription, message_id),
  foreign key (subscription, message_key) references blocked_key
);
create index parked_message_in_order on parked_message (subscription, message_key, position);
