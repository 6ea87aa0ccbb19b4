-- What operators did, who and why. The intent is written before it is done and the outcome afterwards: one without an outcome
-- was cut off in between, and nobody here knows whether it was done.
create table journal (
  id         uuid        primary key,
  at         timestamptz not null,
  who        text        not null,
  what       text        not null,
  about_kind text        not null,
  about_id   text        not null,
  reason     text        not null,
  outcome    text        check (outcome in ('DONE', 'REFUSED', 'UNKNOWN')),
  detail     text,
  ended_at   timestamptz,
  check ((outcome is null) = (ended_at is null))
);

create index on journal (at desc, id desc);
create index on journal (about_kind, about_id, at desc);
