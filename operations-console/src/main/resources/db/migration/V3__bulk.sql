-- What was chosen for one act, exactly as it was at that moment, and how far it has been worked off.
create table bulk_selection (
  id           uuid        primary key,
  act          text        not null,
  filter       text        not null,
  reason       text        not null,
  items        int         not null,
  rate         int         not null check (rate > 0),
  frozen_by    text        not null,
  frozen_at    timestamptz not null,
  state        text        not null check (state in ('FROZEN', 'RUNNING', 'PAUSED', 'STOPPED', 'DONE')),
  -- Why it stands still, where nobody has asked for that.
  said         text,
  -- In whose name it is worked off: who has started it, or resumed it last.
  run_by       text,
  -- When the next item may begin; kept here, so that a rate is kept by several consoles together, and across a restart.
  next_due     timestamptz,
  lease_holder uuid,
  lease_until  timestamptz
);

create index bulk_selection_newest on bulk_selection (frozen_at desc, id desc);
create index bulk_selection_running on bulk_selection (frozen_at) where state = 'RUNNING';

create table bulk_item (
  selection uuid        not null references bulk_selection on delete cascade,
  position  int         not null,
  service   text        not null,
  target    text        not null,
  -- What has to stay in order among itself: an item is passed over when one before it in its queue has failed.
  queue     text        not null,
  version   bigint      not null,
  label     text        not null,
  -- Begun and without an outcome: under way, or its worker has died.
  begun_at  timestamptz,
  outcome   text        check (outcome in ('DONE', 'FAILED', 'PASSED_OVER', 'UNCLEAR')),
  said      text,
  ended_at  timestamptz,
  primary key (selection, position)
);

create index bulk_item_waiting on bulk_item (selection, position) where outcome is null;
create index bulk_item_failed on bulk_item (selection, service, queue) where outcome = 'FAILED';

-- What the filter found and the selection leaves out: how many, and why.
create table bulk_left_out (
  selection uuid not null references bulk_selection on delete cascade,
  service   text not null,
  why       text not null,
  items     int  not null,
  primary key (selection, service, why)
);
