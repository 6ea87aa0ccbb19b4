create table saga (
    id                 uuid primary key,
    type               text        not null,
    definition_version int         not null,
    order_id           uuid        not null,
    status             text        not null,
    step               text        not null,
    data               jsonb       not null,
    calls              jsonb       not null,
    deadline           timestamptz,
    journal_size       int         not null,
    version            bigint      not null,
    started_at         timestamptz not null,
    updated_at         timestamptz not null,
    event_sequence     bigint      not null default 0,
    logical_time       bigint      not null default 0,
    -- The order first, as answers are looked up by it.
    unique (order_id, type)
) with (fillfactor = 60);

create index saga_due on saga (deadline) where deadline is not null;

-- Counting, and listing what is stuck, read only this, however many sagas have finished.
create index saga_unfinished on saga (status, step, id) where status not in ('COMPLETED', 'COMPENSATED');

-- Written only together with its saga; a foreign key would cost a look-up for every line.
create table saga_journal (
    saga_id    uuid        not null,
    seq        int         not null,
    at         timestamptz not null,
    step       text        not null,
    kind       text        not null,
    detail     text        not null,
    message_id uuid,
    primary key (saga_id, seq)
);
