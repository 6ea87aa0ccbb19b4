-- A parked message can be edited; what arrived stays beside what it was changed into.
alter table parked_message
  add column version          bigint  not null default 1,
  add column edited           boolean not null default false,
  add column original_headers jsonb,
  add column original_payload bytea;

-- What people did about parked messages and paused subscriptions. It outlives what it is about.
create table parked_act (
  id           bigint      not null generated always as identity primary key,
  at           timestamptz not null default clock_timestamp(),
  kind         text        not null,
  who          text        not null,
  why          text,
  detail       text,
  subscription text        not null,
  parked_id    uuid,
  message_key  text,
  message_id   uuid,
  type         text,
  -- What a message was changed into, or was when it was discarded.
  headers      jsonb,
  payload      bytea
);
create index parked_act_of_message on parked_act (parked_id, id) where parked_id is not null;
create index parked_act_of_key on parked_act (message_key, id) where message_key is not null;
